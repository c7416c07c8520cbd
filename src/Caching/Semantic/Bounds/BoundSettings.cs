namespace Gateway.Caching.Semantic.Bounds;

/// <summary>How many wrong answers are bearable, and how they are looked for.</summary>
public sealed record BoundSettings
{
    /// <summary>The bearable share of wrong answers among those given by meaning.</summary>
    public double Bearable { get; init; } = 0.01;

    /// <summary>The lowest bar that may be learned.</summary>
    public float Lowest { get; init; } = 0.8f;

    /// <summary>The share of hits that are checked when all is well; each costs an answer. 0: nothing is checked, and bars move by callers' blame alone.</summary>
    public double CheckedHits { get; init; } = 0.05;

    /// <summary>The share of hits that are checked while a class is new or something was wrong of late.</summary>
    public double CheckedWhenWary { get; init; } = 0.5;

    /// <summary>The share of misses just under the bar that are checked; these cost no answer.</summary>
    public double CheckedMisses { get; init; } = 0.5;

    /// <summary>How far under the bar a miss is worth a check.</summary>
    public float NearMiss { get; init; } = 0.08f;

    /// <summary>How many of a new class's candidates must have been checked, as misses, before it gives an answer. 0: the configured bar is trusted at once.</summary>
    public int Proofs { get; init; }

    /// <summary>So many verdicts a class remembers: the older fade as new ones come.</summary>
    public double Memory { get; init; } = 2_000;

    /// <summary>After so long a verdict counts half.</summary>
    public TimeSpan HalfLife { get; init; } = TimeSpan.FromDays(14);
}
