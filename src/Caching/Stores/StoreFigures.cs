namespace Gateway.Caching.Stores;

/// <summary>What a store in memory holds and has done since it was made.</summary>
/// <param name="Entries">Entries now, expired ones included until something comes upon them.</param>
/// <param name="Bytes">What they weigh.</param>
/// <param name="Capacity">What they may weigh.</param>
/// <param name="Hits">Looks that found an entry.</param>
/// <param name="Misses">Looks that found none.</param>
/// <param name="Evictions">Entries that made room for others.</param>
/// <param name="Rejections">New entries that were not worth the room, or were too big for any.</param>
/// <param name="Expirations">Entries that were found to be no more.</param>
public readonly record struct StoreFigures(
    long Entries, long Bytes, long Capacity, long Hits, long Misses, long Evictions, long Rejections, long Expirations)
{
    /// <summary>Both together.</summary>
    public static StoreFigures operator +(StoreFigures one, StoreFigures other) => new(
        one.Entries + other.Entries,
        one.Bytes + other.Bytes,
        one.Capacity + other.Capacity,
        one.Hits + other.Hits,
        one.Misses + other.Misses,
        one.Evictions + other.Evictions,
        one.Rejections + other.Rejections,
        one.Expirations + other.Expirations);
}
