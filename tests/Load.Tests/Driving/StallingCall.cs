using Gateway.Bench.Load.Driving;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Load.Tests.Driving;

/// <summary>A target that answers nothing until it is released and at once from then on.</summary>
internal sealed class StallingCall(FakeTimeProvider time) : ICall
{
    private readonly TaskCompletionSource _released = new();
    private readonly Lock _gate = new();
    private int _begun;

    public List<TimeSpan> Latencies { get; } = [];

    public List<long> NotStarted { get; } = [];

    public int Begun => _begun;

    public void Release() => _released.TrySetResult();

    public async ValueTask CallAsync(long intendedStart)
    {
        Interlocked.Increment(ref _begun);
        await _released.Task;
        lock (_gate)
        {
            Latencies.Add(time.GetElapsedTime(intendedStart));
        }
    }

    public void NeverStarted(long intendedStart) => NotStarted.Add(intendedStart);
}
