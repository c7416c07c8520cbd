namespace Gateway.Routing.Health;

/// <summary>How long a pool's answers took to begin of late; of them the 95th percentile.</summary>
/// <remarks>
/// A time is forgotten after <see cref="Lifetime"/>, so that a rule that keeps requests away from a slow pool does not do so for
/// ever: without answers nothing is slow. The percentile is worked out again at most every <see cref="Refresh"/>, by whoever reads it
/// then; all others read what is known.
/// </remarks>
public sealed class FirstTokenTimes(TimeProvider time)
{
    /// <summary>Times remembered: the percentile then stands between the 12th and 13th slowest, and takes microseconds to find.</summary>
    public const int Remembered = 256;

    private const double Share = 0.95;

    /// <summary>How long a time counts: long enough for a pool that answers a few requests a minute.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>How old the percentile may be.</summary>
    public static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly long[] _notedAt = new long[Remembered];
    private readonly long[] _ticks = new long[Remembered];
    private int _next;
    private int _count;
    private long _p95;
    private long _refreshAt = long.MinValue;

    /// <summary>The time that 95 % of the remembered answers began within; zero when none is remembered.</summary>
    public TimeSpan P95
    {
        get
        {
            var now = time.GetTimestamp();
            if (now >= Volatile.Read(ref _refreshAt))
                Measure(now);
            return new TimeSpan(Volatile.Read(ref _p95));
        }
    }

    /// <summary>Notes an answer that has just begun; a plain one begins when it is there whole.</summary>
    /// <param name="took">Since it was asked for.</param>
    public void Add(TimeSpan took)
    {
        lock (_lock)
        {
            (_notedAt[_next], _ticks[_next]) = (time.GetTimestamp(), took.Ticks);
            _next = (_next + 1) % Remembered;
            _count = Math.Min(_count + 1, Remembered);
        }
    }

    private void Measure(long now)
    {
        lock (_lock)
        {
            // Whoever waited for the lock finds it done.
            if (now < _refreshAt)
                return;
            Span<long> recent = stackalloc long[Remembered];
            var count = 0;
            for (var back = 1; back <= _count; back++)
            {
                var at = (_next - back + Remembered) % Remembered;
                if (time.GetElapsedTime(_notedAt[at], now) < Lifetime)
                    recent[count++] = _ticks[at];
            }

            recent = recent[..count];
            recent.Sort();
            Volatile.Write(ref _p95, count == 0 ? 0 : recent[(int)Math.Ceiling(Share * count) - 1]);
            Volatile.Write(ref _refreshAt, now + (long)(Refresh.TotalSeconds * time.TimestampFrequency));
        }
    }
}
