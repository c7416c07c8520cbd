using Gateway.Bench.Fleet.Loads;
using Gateway.Routing;
using Gateway.Routing.Health;
using Gateway.Simulator;
using Gateway.Simulator.Engine;
using Gateway.Simulator.Metrics;

namespace Gateway.Bench.Fleet.Engines;

/// <summary>A replica: the simulator's scheduler, whose steps pass in virtual time, and what each gateway knows of it.</summary>
internal sealed class FleetReplica
{
    private readonly List<Job> _jobs = [];
    private readonly List<Replica> _known = [];
    private readonly Scheduler _engine;
    private readonly int _index;
    private readonly PerformanceModel _model;
    private TimeSpan _step;

    public FleetReplica(int index, PerformanceModel model)
    {
        (_index, _model) = (index, model);
        _engine = new Scheduler(model, Counters);
    }

    public EngineCounters Counters { get; } = new();

    /// <summary>Whether a step is under way.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>The replica as one more gateway knows it.</summary>
    public Replica KnownToAnother(VirtualTime time)
    {
        var breaker = new CircuitBreaker(new BreakerSettings(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)), time);
        _known.Add(new Replica(new Uri($"http://10.0.0.{_index + 1}:8000/"), breaker)
        {
            Capabilities = new ReplicaCapabilities { KvTokens = (long)_model.KvBlocks * KvBlocks.BlockTokens },
        });
        return _known[^1];
    }

    public void Add(Job job, TimeSpan now)
    {
        job.Sequence = new Sequence(job.PromptTokens, job.Tokens.Length - job.PromptTokens) { Tokens = job.Tokens, Arrived = now };
        job.SentAt = now;
        job.Ahead = job.Picked.Replica.Enter(job.Picked.Forecast, job.Blocks, streams: true);
        _jobs.Add(job);
        _engine.Add(job.Sequence);
    }

    /// <summary>Begins the next step.</summary>
    /// <returns>How long it takes; zero when there is nothing to do.</returns>
    public TimeSpan Begin(TimeSpan now)
    {
        var length = _step = _engine.Plan(now);
        IsBusy = length > TimeSpan.Zero;
        return length;
    }

    /// <summary>Ends the step.</summary>
    /// <returns>Jobs whose answer is complete.</returns>
    public List<Job> End(TimeSpan now)
    {
        _engine.Finish(now);
        var done = new List<Job>();
        for (var i = _jobs.Count - 1; i >= 0; i--)
        {
            var job = _jobs[i];
            if (!job.HasBegun && job.Sequence!.Produced > 0)
            {
                job.HasBegun = true;
                job.FirstToken = now - job.ArrivedAt;
                job.Picked.Replica.Begin(job.Picked.Forecast, true, job.Ahead, now - job.SentAt);
            }
            else if (job.HasBegun)
            {
                job.Picked.Replica.Gaps.Add(_step);
            }

            if (!job.Sequence!.Complete)
                continue;
            job.Picked.Replica.Leave(job.Picked.Forecast);
            job.Picked.Replica.Settle(job.Picked.Forecast, job.PromptTokens, job.Sequence.CachedTokens, job.Sequence.Produced);
            _jobs[i] = _jobs[^1];
            _jobs.RemoveAt(_jobs.Count - 1);
            done.Add(job);
        }

        return done;
    }

    /// <summary>Every gateway looks at its metrics.</summary>
    public void Scrape(TimeSpan now)
    {
        var load = new ReplicaLoad(_engine.Running, _engine.Waiting, _engine.KvUsage, now.Ticks) { CacheQueries = Counters.CacheQueries, CacheHits = Counters.CacheHits };
        foreach (var known in _known)
            known.Load = load;
    }
}
