using Gateway.Routing.Complexity;

namespace Gateway.Configuration;

/// <summary>Reads what a scorer has learned from the file that <c>routing.artefact</c> or a cascade's <c>artefact</c> names.</summary>
public static class ArtefactFile
{
    /// <summary>Every such file that the options name.</summary>
    public static IEnumerable<string> NamedBy(GatewayOptions options) =>
        options.Models.Values.Select(model => model.Cascade?.Artefact).Append(options.Routing.Artefact).OfType<string>().Distinct();

    /// <summary>The artefact, or why there is none; nothing is thrown.</summary>
    public static ArtefactReading Read(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: > ArtefactFormat.MostBytes and var length }
                ? new ArtefactReading(null, $"its {length} bytes are more than an artefact has")
                : ArtefactFormat.Read(File.ReadAllBytes(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new ArtefactReading(null, $"it cannot be read ({fault.GetType().Name})");
        }
    }
}
