namespace Gateway.Routing.Complexity;

/// <summary>The artefact that comes with the gateway, embedded in this assembly.</summary>
public static class DefaultArtefact
{
    private const string Resource = "Gateway.Routing.Complexity.default.scorer";

    private static readonly Lazy<ScorerArtefact> Loaded = new(Load);

    public static ScorerArtefact Instance => Loaded.Value;

    private static ScorerArtefact Load()
    {
        using var stream = typeof(DefaultArtefact).Assembly.GetManifestResourceStream(Resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var reading = ArtefactFormat.Read(bytes);
        return reading.Artefact ?? throw new InvalidOperationException($"The embedded artefact cannot be read: {reading.Error}.");
    }
}
