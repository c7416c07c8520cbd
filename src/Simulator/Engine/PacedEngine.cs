namespace Gateway.Simulator.Engine;

/// <summary>
/// A token per sequence and interval, whatever the load. One timer turns a wheel: a slot is an eighth of the interval, and a sequence
/// stays in the slot it was put in, so that a thousand streams cost one timer.
/// </summary>
internal sealed class PacedEngine : IEngine
{
    private const int Slots = 8;

    /// <summary>Slots between a token's due time and the visit that makes it, so that a late timer moves no token to the next visit.</summary>
    private const int Margin = 1;

    private readonly Lock _gate = new();
    private readonly List<Sequence> _due = [];
    private readonly List<Sequence>[] _wheel = new List<Sequence>[Slots];
    private readonly PerformanceModel _model;
    private readonly SimClock _clock;
    private readonly ITimer _timer;
    private readonly TimeSpan _slot, _period;
    private long _turned;
    private int _busy;
    private int _running;
    private bool _turning, _disposed;

    public PacedEngine(PerformanceModel model, SimClock clock)
    {
        _model = model;
        _clock = clock;
        for (var i = 0; i < Slots; i++) _wheel[i] = [];
        _slot = model.DecodeBase / Slots;
        // Timers count whole milliseconds; the clock, not the timer, says how far the wheel has to turn.
        _period = TimeSpan.FromMilliseconds(Math.Max(1, Math.Floor(clock.Real(_slot).TotalMilliseconds)));
        _timer = clock.Time.CreateTimer(_ => Turn(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool NeedsTokens => false;

    public bool WakesInline => true;

    public int Running => Volatile.Read(ref _running);

    public int Waiting => 0;

    public double KvUsage => 0;

    public void Submit(Sequence sequence)
    {
        sequence.FirstToken = sequence.Arrived + _model.FirstToken;
        lock (_gate)
        {
            if (_disposed) return;
            if (!_turning)
            {
                _turned = SlotsBy(_clock.Now);
                _turning = true;
                _timer.Change(_period, _period);
            }
            _running++;
            _wheel[(SlotsBy(sequence.FirstToken) + Margin) % Slots].Add(sequence);
        }
    }

    public void Abort(Sequence sequence) => sequence.Abort();

    public void AbortAll()
    {
        Sequence[] all;
        lock (_gate) all = [.. _wheel.SelectMany(slot => slot)];
        foreach (var sequence in all) sequence.Abort();
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate) _disposed = true;
        return _timer.DisposeAsync();
    }

    private long SlotsBy(TimeSpan time) => (long)(time / _slot);

    /// <summary>The timer's tick. Readers run in it, outside the lock; a tick that comes while they do is left to the next.</summary>
    private void Turn()
    {
        if (Interlocked.Exchange(ref _busy, 1) != 0) return;
        var now = _clock.Now;
        Collect(SlotsBy(now));
        foreach (var sequence in _due) Advance(sequence, now);
        _due.Clear();
        Volatile.Write(ref _busy, 0);
    }

    private void Collect(long target)
    {
        lock (_gate)
        {
            if (_disposed || !_turning) return;
            // More than a turn behind, one turn catches up: a visit makes all tokens that are due.
            for (_turned = Math.Max(_turned, target - Slots); _turned < target; _turned++) Visit(_wheel[(_turned + 1) % Slots]);
            if (_running > 0) return;
            _turning = false;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private void Visit(List<Sequence> slot)
    {
        for (var i = slot.Count - 1; i >= 0; i--)
        {
            if (!slot[i].Aborted && !slot[i].Complete)
            {
                _due.Add(slot[i]);
                continue;
            }
            slot[i] = slot[^1];
            slot.RemoveAt(slot.Count - 1);
            _running--;
        }
    }

    private void Advance(Sequence sequence, TimeSpan now)
    {
        var due = now < sequence.FirstToken ? 0 : 1 + (int)Math.Min((now - sequence.FirstToken) / _model.DecodeBase, int.MaxValue - 1);
        var more = Math.Min(due, sequence.Target) - sequence.Produced;
        if (more <= 0) return;
        sequence.LastToken = now;
        sequence.Advance(more);
    }
}
