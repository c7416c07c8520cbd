using Gateway.Configuration;
using Gateway.Routing.Complexity;

namespace Gateway.Hosting;

/// <summary>Makes the scorers that the configuration names.</summary>
internal static class Scorers
{
    /// <param name="routing">The rule and the artefact that scorers go by.</param>
    /// <param name="name">The scorer; null for the section's own.</param>
    /// <exception cref="InvalidDataException">The artefact was right when the configuration was checked and is gone or wrong now.</exception>
    public static IComplexityScorer Create(RoutingOptions routing, string? name = null) =>
        ComplexityScorers.Create(name ?? routing.Scorer, routing.Keywords.ToRule(), ArtefactOf(routing));

    private static ScorerArtefact? ArtefactOf(RoutingOptions routing)
    {
        if (routing.Artefact is not { } path)
            return null;
        var reading = ArtefactFile.Read(path);
        return reading.Artefact ?? throw new InvalidDataException($"The artefact {path} was replaced after it was checked: {reading.Error}.");
    }
}
