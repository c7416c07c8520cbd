namespace Gateway.Caching.Tests;

/// <summary>Counts what code allocates on its thread.</summary>
internal static class Allocated
{
    private const int Rounds = 5;

    /// <summary>The bytes of that round, of several, that allocated least: a collection that other tests cause can only add.</summary>
    public static long Least(Action round)
    {
        var least = long.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
