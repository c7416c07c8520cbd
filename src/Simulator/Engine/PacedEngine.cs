namespace Gateway.Simulator.Engine;

/// <summary>
/// A token per sequence and interval, whatever the load. One timer turns a wheel: each slot is a part of the interval, and a sequence
/// stays in the slot it was put in, so that a thousand streams cost one timer.
/// </summary>
internal sealed class PacedEngine : IEngine
{
    /// <summary>Slots an interval is divided into: tokens come up to an eighth of an interval late, and no later.</summary>
    private const int Slots = 8;

    private readonly Lock _gate = new();
    private readonly List<Sequence>[] _wheel = new List<Sequence>[Slots];
    private readonly PerformanceModel _model;
    private readonly SimClock _clock;
    private readonly ITimer _timer;
    private readonly TimeSpan _tick;
    private int _running;
    private int _position;
    private bool _turning, _disposed;

    public PacedEngine(PerformanceModel model, SimClock clock)
    {
        _model = model;
        _clock = clock;
        for (var i = 0; i < Slots; i++) _wheel[i] = [];
        _tick = clock.Real(model.DecodeBase) / Slots;
        _timer = clock.Time.CreateTimer(_ => Turn(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool NeedsTokens => false;

    public int Running => _running;

    public int Waiting => 0;

    public double KvUsage => 0;

    public void Submit(Sequence sequence)
    {
        sequence.FirstToken = sequence.Arrived + _model.FirstToken;
        lock (_gate)
        {
            _running++;
            _wheel[(_position + Slots - 1) % Slots].Add(sequence);
            if (_turning || _disposed) return;
            _turning = true;
            _timer.Change(_tick, _tick);
        }
    }

    public void Abort(Sequence sequence) => sequence.Abort();

    public void AbortAll()
    {
        lock (_gate)
            foreach (var slot in _wheel)
                foreach (var sequence in slot) sequence.Abort();
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate) _disposed = true;
        return _timer.DisposeAsync();
    }

    private void Turn()
    {
        var now = _clock.Now;
        lock (_gate)
        {
            if (_disposed) return;
            var slot = _wheel[_position];
            _position = (_position + 1) % Slots;
            for (var i = slot.Count - 1; i >= 0; i--)
            {
                var sequence = slot[i];
                if (!sequence.Aborted) Advance(sequence, now);
                if (!sequence.Aborted && !sequence.Complete) continue;
                slot[i] = slot[^1];
                slot.RemoveAt(slot.Count - 1);
                _running--;
            }
            if (_running > 0) return;
            _turning = false;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Catches up if ticks were late or longer than the interval.</summary>
    private void Advance(Sequence sequence, TimeSpan now)
    {
        var due = now < sequence.FirstToken ? 0 : 1 + (int)((now - sequence.FirstToken) / _model.DecodeBase);
        var more = Math.Min(due, sequence.Target) - sequence.Produced;
        if (more <= 0) return;
        sequence.LastToken = now;
        sequence.Advance(more);
    }
}
