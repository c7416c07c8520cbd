using Gateway.Bench.Fleet.Loads;
using Gateway.Routing;
using Gateway.Routing.Admission;

namespace Gateway.Bench.Fleet.Engines;

/// <summary>One gateway's gate before its pool, with those that wait there; the gate that ships, whose outcomes are looked for instead of awaited.</summary>
internal sealed class Door
{
    private readonly List<(Job Job, ValueTask<Admittance> Outcome)> _waiting = [];
    private readonly AdmissionGate _gate;
    private readonly Pool _pool;
    private readonly TimeSpan _patience;

    /// <param name="pool">The pool behind it.</param>
    /// <param name="objective">How soon answers shall begin; half of it may be spent waiting.</param>
    /// <param name="time">The run's clock.</param>
    public Door(Pool pool, TimeSpan objective, VirtualTime time)
    {
        (_pool, _patience) = (pool, objective / 2);
        _gate = new AdmissionGate(new AdmissionSettings(true, null, 512, _patience, 10, 0.8), time);
        _gate.Tick(pool);
    }

    /// <summary>Asks for a place for it; what comes of that is <see cref="Decided"/>.</summary>
    public void Ask(Job job)
    {
        var claim = new AdmissionClaim(0, default, job.Tokens.Length);
#pragma warning disable CA2012 // Looked at until it has an outcome and read once: awaiting would go on in another thread, at no virtual time.
        _waiting.Add((job, _gate.EnterAsync(claim, _patience, default, default)));
#pragma warning restore CA2012
    }

    /// <summary>Lets the gate see what has become of its replicas, and whose time is up.</summary>
    public void Tick() => _gate.Tick(_pool);

    /// <summary>Those that no longer wait, and whether they have a place, which is theirs now.</summary>
    public List<(Job Job, bool IsEntered)> Decided()
    {
        var decided = new List<(Job, bool)>();
        for (var i = 0; i < _waiting.Count; i++)
        {
            var (job, outcome) = _waiting[i];
            if (!outcome.IsCompleted)
                continue;
            var admittance = outcome.GetAwaiter().GetResult();
            job.Place = admittance.Place;
            decided.Add((job, admittance.IsEntered));
        }

        if (decided.Count > 0)
            _waiting.RemoveAll(each => decided.Exists(done => done.Item1 == each.Job));
        return decided;
    }
}
