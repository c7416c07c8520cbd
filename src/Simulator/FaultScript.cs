namespace Gateway.Simulator;

/// <summary>Which faults the coming inference requests meet. Safe to change while requests run.</summary>
public sealed class FaultScript
{
    private readonly Lock _gate = new();
    private readonly Queue<Fault> _next = new();
    private Fault? _always;
    private volatile bool _empty = true;

    /// <summary>The fault of every request that has none in the queue; null for none.</summary>
    public Fault? Always
    {
        get => _always;
        set
        {
            lock (_gate)
            {
                _always = value;
                _empty = _next.Count == 0 && _always is null;
            }
        }
    }

    /// <summary>Queues a fault for the next <paramref name="times"/> inference requests, behind those already queued.</summary>
    public void Next(Fault fault, int times = 1)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(times);
        lock (_gate)
        {
            for (var i = 0; i < times; i++) _next.Enqueue(fault);
            _empty = false;
        }
    }

    /// <summary>Forgets everything scripted.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _next.Clear();
            _always = null;
            _empty = true;
        }
    }

    /// <summary>The fault of a request that has just arrived.</summary>
    internal Fault? Take()
    {
        if (_empty) return null;
        lock (_gate)
        {
            if (!_next.TryDequeue(out var fault)) return _always;
            _empty = _next.Count == 0 && _always is null;
            return fault;
        }
    }

    /// <summary>Whether a connection that has just been accepted is to be reset; uses up a queued refusal.</summary>
    internal bool TakeRefusal()
    {
        if (_empty) return false;
        lock (_gate)
        {
            if (!_next.TryPeek(out var fault)) return _always?.Kind == FaultKind.Refuse;
            if (fault.Kind != FaultKind.Refuse) return false;
            _next.Dequeue();
            _empty = _next.Count == 0 && _always is null;
            return true;
        }
    }
}
