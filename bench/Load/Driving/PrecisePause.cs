using System.Runtime.InteropServices;

namespace Gateway.Bench.Load.Driving;

/// <summary>
/// Sleeps in the kernel to within some tens of microseconds. The runtime's own timers round to milliseconds, which would all be
/// counted as latency; spinning would take a core from what is measured.
/// </summary>
public sealed partial class PrecisePause(TimeProvider time) : IPause
{
    private const int PrSetTimerSlack = 29;
    private const int ClockMonotonic = 1;

    [ThreadStatic]
    private static bool _slackSet;

    /// <inheritdoc/>
    public void Until(long timestamp)
    {
        if (!_slackSet)
        {
            // 1 ns instead of the default 50 µs by which the kernel may be late; holds for this thread.
            _ = SetOption(PrSetTimerSlack, 1, 0, 0, 0);
            _slackSet = true;
        }

        var left = time.GetElapsedTime(time.GetTimestamp(), timestamp);
        while (left > TimeSpan.Zero)
        {
            var request = new Timespec(left.Ticks / TimeSpan.TicksPerSecond, left.Ticks % TimeSpan.TicksPerSecond * 100);
            _ = Sleep(ClockMonotonic, 0, in request, 0);
            left = time.GetElapsedTime(time.GetTimestamp(), timestamp);
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int SetOption(int option, nuint value, nuint third, nuint fourth, nuint fifth);

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static partial int Sleep(int clock, int flags, in Timespec request, nint remaining);

    private readonly record struct Timespec(nint Seconds, nint Nanoseconds)
    {
        public Timespec(long seconds, long nanoseconds)
            : this((nint)seconds, (nint)nanoseconds)
        {
        }
    }
}
