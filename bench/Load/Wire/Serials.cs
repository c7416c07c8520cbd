namespace Gateway.Bench.Load.Wire;

/// <summary>Numbers for requests, unique in one run of the bench so that no two requests of it are equal.</summary>
public sealed class Serials
{
    private long _last;

    /// <summary>The next number, from 1.</summary>
    public long Next() => Interlocked.Increment(ref _last);
}
