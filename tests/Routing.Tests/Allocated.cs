namespace Gateway.Routing.Tests;

/// <summary>Counts what code allocates on its thread.</summary>
internal static class Allocated
{
    private const int Rounds = 5;

    /// <summary>The bytes of that round, of several, that allocated least.</summary>
    /// <remarks>A collection that other tests cause empties the shared pools, so that a buffer is made anew that is otherwise lent: that can only add.</remarks>
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
