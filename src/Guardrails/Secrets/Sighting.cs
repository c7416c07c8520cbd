namespace Gateway.Guardrails.Secrets;

/// <summary>What a form says of the place where its anchor was found: a secret, none, or that it depends on what follows.</summary>
/// <param name="Label">The kind of the secret; null when there is none.</param>
/// <param name="Start">Where the secret begins, or would begin.</param>
/// <param name="End">Behind its last byte; <see cref="Undecided"/> while that is open.</param>
/// <param name="Score">How sure it is.</param>
internal readonly record struct Sighting(string? Label, int Start, int End, float Score)
{
    /// <summary>The end of what more text may complete.</summary>
    public const int Undecided = int.MaxValue;

    /// <summary>No secret.</summary>
    public static Sighting None => default;

    /// <summary>More text decides.</summary>
    public static Sighting Open(int start) => new(null, start, Undecided, 0);

    public bool IsOpen => End == Undecided;
}
