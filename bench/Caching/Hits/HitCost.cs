using Gateway.Bench.Load.Usage;

namespace Gateway.Bench.Caching.Hits;

/// <summary>What requests of one kind take of the gateway's CPU while some are always under way.</summary>
public static class HitCost
{
    /// <summary>Counts the process's user and system time over the window; the kernel tells it in steps of 10 ms.</summary>
    /// <returns>Microseconds of CPU a request.</returns>
    public static double Measure(HitAsk ask, int process, TimeSpan window)
    {
        var (calls, running) = (0L, true);
        var threads = Enumerable.Range(0, ask.AtOnce).Select(_ => new Thread(CallAsLongAsRunning)).ToArray();
        foreach (var thread in threads)
            thread.Start();
        Thread.Sleep(window / 4);
        var (before, from) = (ProcessUsage.OfTree(process).Cpu, Interlocked.Read(ref calls));
        Thread.Sleep(window);
        var (used, done) = (ProcessUsage.OfTree(process).Cpu - before, Interlocked.Read(ref calls) - from);
        Volatile.Write(ref running, false);
        foreach (var thread in threads)
            thread.Join();
        return used.TotalMicroseconds / done;

        void CallAsLongAsRunning()
        {
            using var caller = new HitCaller(ask);
            while (Volatile.Read(ref running))
            {
                caller.Call();
                if (caller.IsAsMeant)
                    Interlocked.Increment(ref calls);
            }
        }
    }
}
