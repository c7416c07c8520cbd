using Gateway.Configuration;
using Gateway.Routing.Complexity;

namespace Gateway.Hosting;

/// <summary>Makes the scorers that the configuration names.</summary>
internal static class Scorers
{
    /// <param name="routing">The rule and the artefact that scorers go by.</param>
    /// <param name="cascade">The cascade that has its own way; null for the section's.</param>
    /// <exception cref="InvalidDataException">The artefact was right when the configuration was checked and is gone or wrong now.</exception>
    public static IComplexityScorer Create(RoutingOptions routing, CascadeOptions? cascade = null) =>
        ComplexityScorers.Create(cascade?.Scorer ?? routing.Scorer, routing.Keywords.ToRule(), Read(cascade?.Artefact ?? routing.Artefact));

    private static ScorerArtefact? Read(string? path)
    {
        if (path is null)
            return null;
        var reading = ArtefactFile.Read(path);
        return reading.Artefact ?? throw new InvalidDataException($"The artefact {path} was replaced after it was checked: {reading.Error}.");
    }
}
