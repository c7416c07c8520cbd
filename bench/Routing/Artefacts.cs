using Gateway.Routing.Complexity;

namespace Gateway.Bench.Routing;

/// <summary>The artefact that a command works with.</summary>
public static class Artefacts
{
    /// <param name="path">A file, or null for the embedded one.</param>
    /// <exception cref="FormatException">The file is no artefact.</exception>
    public static ScorerArtefact Load(string? path)
    {
        if (path is null)
            return DefaultArtefact.Instance;
        var reading = ArtefactFormat.Read(File.ReadAllBytes(path));
        return reading.Artefact ?? throw new FormatException($"{path}: {reading.Error}");
    }
}
