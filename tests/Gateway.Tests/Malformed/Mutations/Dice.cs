namespace Gateway.Tests.Malformed.Mutations;

/// <summary>Chance that a case number replays: SplitMix64, which costs nothing to start anew for each case.</summary>
internal struct Dice(ulong seed, long number)
{
    private ulong _state = seed ^ ((ulong)number * 0x9E3779B97F4A7C15);

    /// <summary>A number from 0 up to but not including <paramref name="limit"/>; 0 when that is not positive.</summary>
    public int Below(int limit)
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        mixed ^= mixed >> 31;
        return limit <= 0 ? 0 : (int)(mixed % (ulong)limit);
    }

    public T OneOf<T>(ReadOnlySpan<T> all) => all[Below(all.Length)];
}
