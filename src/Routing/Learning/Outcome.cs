namespace Gateway.Routing.Learning;

/// <summary>What became of one prompt: who answered, how well, and the features it was routed by. Holds no text.</summary>
public sealed record Outcome
{
    /// <summary>Of so many answers that pass their checks one becomes an outcome; each that is rejected does.</summary>
    /// <remarks>A small pool that is any good passes nearly always, and would crowd everything else out of a log that holds the last few thousand.</remarks>
    public const int PassesPerOutcome = 10;

    /// <summary>Hash of the request's id: of several outcomes of one kind for one request the last counts.</summary>
    public required ulong Request { get; init; }

    public required OutcomeKind Kind { get; init; }

    /// <summary>When it became known, in seconds since 1970.</summary>
    public required long At { get; init; }

    /// <summary>Whether the caller was given the large pool's answer.</summary>
    public required bool IsLarge { get; init; }

    /// <summary>How good the small pool's answer is, in [0, 1]; null when it is not known.</summary>
    public float? Small { get; init; }

    /// <summary>How good the large pool's answer is, in [0, 1]; null when it is not known.</summary>
    public float? Large { get; init; }

    /// <summary>Version of the correction that the prompt was routed with; 0 for the default alone.</summary>
    public uint Version { get; init; }

    /// <summary>Mark of the artefact whose features and score these are: outcomes of another one teach it nothing.</summary>
    public required uint Artefact { get; init; }

    public required Sketch Sketch { get; init; }

    /// <summary>How many requests this outcome stands for, itself included.</summary>
    public int StandsFor => Kind == OutcomeKind.Checked && Small > 0 ? PassesPerOutcome : 1;

    /// <summary>Whether this request's passed check becomes an outcome: one in <see cref="PassesPerOutcome"/>, the same at every gateway.</summary>
    /// <remarks>By the upper half of the hash: a fit deals its folds by the lower.</remarks>
    public static bool IsSampled(ulong request) => (request >> 32) % PassesPerOutcome == 0;

    /// <summary>How well the caller was served, in [0, 1]; null when the outcome does not say.</summary>
    /// <remarks>A comparison measures what was lost by not asking the large pool, so an answer of the large pool lost nothing.</remarks>
    public double? Served => (Kind, IsLarge) switch
    {
        (OutcomeKind.Disagreement, true) => 1,
        // The check speaks of the decision for the small pool, also when the large one then answered.
        (OutcomeKind.Checked, _) => Small,
        (_, true) => Large,
        (_, false) => Small,
    };
}
