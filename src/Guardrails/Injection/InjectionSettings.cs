namespace Gateway.Guardrails.Injection;

/// <summary>From when on a text counts as an attempt to take over the model.</summary>
public sealed record InjectionSettings
{
    /// <summary>The false-positive rate on ordinary text that is borne, in (0, 0.1]; the artefact knows the score that keeps it.</summary>
    public double FalsePositives { get; init; } = 0.005;

    /// <summary>Whether instructions of the application and definitions of tools are judged too.</summary>
    public bool JudgesSystem { get; init; }

    /// <summary>A scorer's artefact of one's own; null for the built-in one.</summary>
    public byte[]? Artefact { get; init; }
}
