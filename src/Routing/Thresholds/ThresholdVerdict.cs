namespace Gateway.Routing.Thresholds;

/// <summary>Which side of a threshold a score is on, and why.</summary>
/// <param name="IsHard">The large pool answers.</param>
/// <param name="Cause">What decided it.</param>
/// <param name="Bar">The threshold: a score in [0, 1] where it is fixed, a quantile where it holds a share.</param>
/// <param name="Quantile">The share of recent scores that are lower, in [0, 1]; null where no window is kept.</param>
public readonly record struct ThresholdVerdict(bool IsHard, ThresholdCause Cause, double Bar, double? Quantile = null);

/// <summary>What decided.</summary>
public enum ThresholdCause : byte
{
    /// <summary>The score against the threshold.</summary>
    Score,

    /// <summary>The score reaches the floor from which the large pool always answers.</summary>
    Floor,

    /// <summary>The share is used up, whatever the score.</summary>
    ShareSpent,

    /// <summary>The share has long been left unused, whatever the score.</summary>
    ShareUnused,

    /// <summary>The conversation stays where it is.</summary>
    Held,
}
