namespace Gateway.Bench.Load.Driving;

/// <summary>
/// Keeps a fixed number of requests under way, each place starting its next when the last has ended: finds the CPU a request costs
/// when the machine is full. Its latencies say nothing (a stalled target is sent nothing), so none are reported.
/// </summary>
/// <param name="time">Tells when a request starts.</param>
/// <param name="concurrency">Requests under way at once.</param>
/// <param name="limit">Requests after which it ends by itself; none for no limit.</param>
public sealed class ClosedLoopDriver(TimeProvider time, int concurrency, long limit = long.MaxValue) : IDriver
{
    private long _started;

    /// <inheritdoc/>
    public Task RunAsync(ICall call, CancellationToken stop)
    {
        var places = new Task[concurrency];
        for (var i = 0; i < concurrency; i++)
        {
            places[i] = ServeAsync(call, stop);
        }

        return Task.WhenAll(places);
    }

    /// <inheritdoc/>
    public void Abandon(ICall call)
    {
        // Nothing waits: what was due has started.
    }

    private async Task ServeAsync(ICall call, CancellationToken stop)
    {
        // Leaves the caller's thread at once, so that a call that never really waits cannot keep the others from starting.
        await Task.Yield();
        while (!stop.IsCancellationRequested && Interlocked.Increment(ref _started) <= limit)
        {
            await call.CallAsync(time.GetTimestamp());
        }
    }
}
