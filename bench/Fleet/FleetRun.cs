using Gateway.Bench.Fleet.Engines;
using Gateway.Bench.Fleet.Loads;
using Gateway.Bench.Fleet.Report;
using Gateway.Routing;
using Gateway.Routing.Balancing;

namespace Gateway.Bench.Fleet;

/// <summary>One scenario under one policy, event by event: nothing waits, so a virtual minute takes seconds.</summary>
internal sealed class FleetRun
{
    private static readonly TimeSpan ScrapeInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan GateTick = TimeSpan.FromMilliseconds(50);

    private readonly VirtualTime _time = new();
    private readonly PriorityQueue<Action, long> _events = new();
    private readonly FleetReplica[] _engines;
    private readonly Dictionary<Replica, FleetReplica> _behind = [];
    private readonly Pool[] _gateways;
    private readonly Door[] _doors;
    private readonly Scenario _scenario;
    private readonly RunShape _shape;
    private readonly Random _arrivals;
    private readonly Func<Session> _draw;
    private readonly Tally _tally = new();
    private int _underWay;

    public FleetRun(Scenario scenario, string policy, RunShape shape)
    {
        (_scenario, _shape, _arrivals) = (scenario, shape, new Random(shape.Seed));
        _draw = scenario.Open(new Random(shape.Seed + 1));
        _engines = [.. Enumerable.Range(0, shape.Replicas).Select(i => new FleetReplica(i, scenario.Model))];
        _gateways = [.. Enumerable.Range(0, shape.Gateways).Select(i => GatewayOf(policy, i))];
        _doors = [.. _gateways.Select(pool => new Door(pool, scenario.Objective, _time))];
    }

    private bool HasDoors => _shape is { IsOpen: true, Admits: true };

    private bool IsMeasured => _time.Now >= _shape.WarmUp;

    private TimeSpan End => _shape.WarmUp + _shape.Measured;

    public Tally Run()
    {
        At(TimeSpan.Zero, Scrape);
        if (HasDoors)
            At(TimeSpan.Zero, TickDoors);
        if (_shape.IsOpen)
            At(TimeSpan.Zero, ArriveOpen);
        for (var i = 0; !_shape.IsOpen && i < _scenario.Clients * _shape.Replicas; i++)
            At(TimeSpan.FromMilliseconds(_arrivals.Next(2_000)), () => Turn(_draw()));
        while (_events.TryDequeue(out var next, out var ticks) && ticks <= End.Ticks)
        {
            _time.Now = new TimeSpan(ticks);
            next();
        }

        foreach (var engine in _engines)
            _tally.Count(engine.Counters);
        _tally.Measured = _shape.Measured;
        return _tally;
    }

    private Pool GatewayOf(string policy, int number)
    {
        var known = _engines.Select(engine => engine.KnownToAnother(_time)).ToArray();
        for (var i = 0; i < known.Length; i++)
            _behind.Add(known[i], _engines[i]);
        var picker = ReplicaPickers.Create(policy, new PickerSettings(new Random(_shape.Seed + 2 + number), _time, _scenario.Objective));
        return new Pool("pool", "model", null, [.. known], picker);
    }

    private void At(TimeSpan time, Action what) => _events.Enqueue(what, time.Ticks);

    private void Scrape()
    {
        foreach (var engine in _engines)
            engine.Scrape(_time.Now);
        At(_time.Now + ScrapeInterval, Scrape);
    }

    private void ArriveOpen()
    {
        var gap = -Math.Log(1 - _arrivals.NextDouble()) / (_scenario.SessionsPerSecond * _shape.Load * _shape.Replicas);
        At(_time.Now + TimeSpan.FromSeconds(gap), ArriveOpen);
        Turn(_draw());
    }

    private void Turn(Session session)
    {
        if (session.Next() is not { } job)
        {
            if (!_shape.IsOpen)
                Turn(_draw());
            return;
        }

        job.ArrivedAt = _time.Now;
        job.Gateway = _arrivals.Next(_gateways.Length);
        if (HasDoors)
        {
            _doors[job.Gateway].Ask(job);
            Serve(_doors[job.Gateway]);
        }
        else if (_shape.IsOpen && _underWay >= _shape.MostPerReplica * _shape.Replicas)
        {
            _tally.Rejected += IsMeasured ? 1 : 0;
        }
        else
        {
            Send(job);
        }
    }

    private void TickDoors()
    {
        foreach (var door in _doors)
        {
            door.Tick();
            Serve(door);
        }

        At(_time.Now + GateTick, TickDoors);
    }

    private void Serve(Door door)
    {
        foreach (var (job, isEntered) in door.Decided())
        {
            if (isEntered)
                Send(job);
            else
                _tally.Rejected += IsMeasured ? 1 : 0;
        }
    }

    private void Send(Job job)
    {
        job.Picked = _gateways[job.Gateway].Pick([], request: job.Request)!.Value;
        var engine = _behind[job.Picked.Replica];
        _underWay++;
        _tally.Offered += IsMeasured ? 1 : 0;
        engine.Add(job, _time.Now);
        if (!engine.IsBusy)
            Step(engine);
    }

    private void Step(FleetReplica engine)
    {
        if (engine.Begin(_time.Now) is var length && length > TimeSpan.Zero)
            At(_time.Now + length, () => EndStep(engine));
    }

    private void EndStep(FleetReplica engine)
    {
        foreach (var job in engine.End(_time.Now))
        {
            _underWay--;
            job.Place.Leave();
            if (IsMeasured)
                _tally.Add(job, _scenario.Objective);
            var session = job.Session;
            At(_time.Now + session.Think, () => Turn(session));
        }

        Step(engine);
        foreach (var door in HasDoors ? _doors : [])
            Serve(door);
    }
}
