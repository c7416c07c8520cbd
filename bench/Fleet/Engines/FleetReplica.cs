using Gateway.Bench.Fleet.Loads;
using Gateway.Routing;
using Gateway.Routing.Health;
using Gateway.Simulator;
using Gateway.Simulator.Engine;
using Gateway.Simulator.Metrics;

namespace Gateway.Bench.Fleet.Engines;

/// <summary>A replica as the gateway knows it, and the simulator's scheduler behind it, whose steps pass in virtual time.</summary>
internal sealed class FleetReplica
{
    private readonly Scheduler _scheduler;
    private readonly List<Job> _jobs = [];

    public FleetReplica(int index, PerformanceModel model, VirtualTime time)
    {
        _scheduler = new Scheduler(model, Counters);
        var breaker = new CircuitBreaker(new BreakerSettings(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)), time);
        Known = new Replica(new Uri($"http://10.0.0.{index + 1}:8000/"), breaker)
        {
            Capabilities = new ReplicaCapabilities { KvTokens = (long)model.KvBlocks * KvBlocks.BlockTokens },
        };
    }

    public Replica Known { get; }

    public EngineCounters Counters { get; } = new();

    /// <summary>Whether a step is under way.</summary>
    public bool IsBusy { get; private set; }

    public void Add(Job job, TimeSpan now)
    {
        job.Sequence = new Sequence(job.PromptTokens, job.Tokens.Length - job.PromptTokens) { Tokens = job.Tokens, Arrived = now };
        job.SentAt = now;
        job.Ahead = Known.Enter(job.Picked.Forecast, job.Blocks, streams: true);
        _jobs.Add(job);
        _scheduler.Add(job.Sequence);
    }

    /// <summary>Begins the next step.</summary>
    /// <returns>How long it takes; zero when there is nothing to do.</returns>
    public TimeSpan Begin(TimeSpan now)
    {
        var length = _scheduler.Plan(now);
        IsBusy = length > TimeSpan.Zero;
        return length;
    }

    /// <summary>Ends the step.</summary>
    /// <returns>Jobs whose answer is complete.</returns>
    public List<Job> End(TimeSpan now)
    {
        _scheduler.Finish(now);
        var done = new List<Job>();
        for (var i = _jobs.Count - 1; i >= 0; i--)
        {
            var job = _jobs[i];
            if (!job.HasBegun && job.Sequence!.Produced > 0)
            {
                job.HasBegun = true;
                job.FirstToken = now - job.ArrivedAt;
                Known.Begin(job.Picked.Forecast, true, job.Ahead, now - job.SentAt);
            }

            if (!job.Sequence!.Complete)
                continue;
            Known.Leave(job.Picked.Forecast);
            Known.Prefixes.Settle(job.Picked.Forecast, job.PromptTokens, job.Sequence.CachedTokens);
            _jobs[i] = _jobs[^1];
            _jobs.RemoveAt(_jobs.Count - 1);
            done.Add(job);
        }

        return done;
    }

    public void Scrape(TimeSpan now) =>
        Known.Load = new ReplicaLoad(_scheduler.Running, _scheduler.Waiting, _scheduler.KvUsage, now.Ticks);
}
