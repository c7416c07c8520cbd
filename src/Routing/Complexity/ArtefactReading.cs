namespace Gateway.Routing.Complexity;

/// <summary>The result of reading an artefact: it, or what is wrong with the file.</summary>
public readonly record struct ArtefactReading(ScorerArtefact? Artefact, string? Error);
