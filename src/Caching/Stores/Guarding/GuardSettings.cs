namespace Gateway.Caching.Stores.Guarding;

/// <summary>What a store that is reached over a network may cost, and when it is left alone.</summary>
public sealed record GuardSettings
{
    /// <summary>The longest that a look may take: a request waits for it.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The longest that putting something in may take, and counting: nobody waits for it.</summary>
    public TimeSpan WriteBudget { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest that a removal may take: it may have to go through all entries.</summary>
    public TimeSpan RemovalBudget { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many calls there have to be within <see cref="Window"/>, half of them failed, before the store is left alone.</summary>
    public int Calls { get; init; } = 4;

    /// <summary>How long a call counts.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it is left alone at first, until one call may try; each try that fails doubles it.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest that it is left alone.</summary>
    public TimeSpan LongestRest { get; init; } = TimeSpan.FromSeconds(30);
}
