using Gateway.Simulator.Metrics;

namespace Gateway.Simulator.Engine;

/// <summary>
/// Lets the scheduler's steps pass in virtual time. Steps shorter than a timer's resolution are made up for: the loop runs as many as
/// are due and sleeps only when it is ahead of the clock.
/// </summary>
internal sealed class BatchedEngine : IEngine
{
    /// <summary>Real time the loop may be ahead before it sleeps; about a timer's resolution.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly Scheduler _scheduler;
    private readonly SimClock _clock;
    private readonly SemaphoreSlim _work = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public BatchedEngine(PerformanceModel model, SimClock clock, EngineCounters counters)
    {
        _clock = clock;
        _scheduler = new Scheduler(model, counters);
        _loop = RunAsync();
    }

    public bool NeedsTokens => true;

    public bool WakesInline => false;

    public int Running
    {
        get
        {
            lock (_gate) return _scheduler.Running;
        }
    }

    public int Waiting
    {
        get
        {
            lock (_gate) return _scheduler.Waiting;
        }
    }

    public double KvUsage
    {
        get
        {
            lock (_gate) return _scheduler.KvUsage;
        }
    }

    public void Submit(Sequence sequence)
    {
        lock (_gate)
        {
            if (_scheduler.Idle) _work.Release();
            _scheduler.Add(sequence);
        }
    }

    public void Abort(Sequence sequence) => sequence.Abort();

    public void AbortAll()
    {
        Sequence[] all;
        lock (_gate) all = [.. _scheduler.All()];
        foreach (var sequence in all) sequence.Abort();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
        _work.Dispose();
    }

    private async Task RunAsync()
    {
        var now = TimeSpan.Zero;
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                if (Idle())
                {
                    await _work.WaitAsync(_stop.Token);
                    // An idle engine has no past to make up for.
                    if (_clock.Now is var wall && wall > now) now = wall;
                }
                now += Plan(now);
                var ahead = _clock.Real(now - _clock.Now);
                if (ahead > Ahead) await Task.Delay(ahead, _clock.Time, _stop.Token);
                Finish(now);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private bool Idle()
    {
        lock (_gate) return _scheduler.Idle;
    }

    private TimeSpan Plan(TimeSpan now)
    {
        lock (_gate) return _scheduler.Plan(now);
    }

    private void Finish(TimeSpan now)
    {
        lock (_gate) _scheduler.Finish(now);
    }
}
