namespace Gateway.Bench.Caching.Pairs;

/// <summary>Two asks, and whether one answer serves both.</summary>
/// <param name="Source">Where it is from.</param>
/// <param name="Known">The one that was answered.</param>
/// <param name="Asked">The one that comes.</param>
/// <param name="IsSame">Whether the answer serves.</param>
public sealed record AskPair(string Source, string Known, string Asked, bool IsSame);
