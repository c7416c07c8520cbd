using Gateway.Bench.Load.Driving;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Load.Tests.Driving;

/// <summary>Waits by moving the fake clock on; calls <paramref name="arrived"/> with each moment reached.</summary>
internal sealed class FakePause(FakeTimeProvider time, Action<long> arrived) : IPause
{
    public void Until(long timestamp)
    {
        var left = time.GetElapsedTime(time.GetTimestamp(), timestamp);
        if (left > TimeSpan.Zero)
        {
            time.Advance(left);
        }

        arrived(timestamp);
    }
}
