using Gateway.Bench.Load.Driving;
using Gateway.Bench.Load.Scenarios;
using Gateway.Bench.Load.Targets;
using Gateway.Bench.Load.Usage;
using Gateway.Bench.Load.Wire;

namespace Gateway.Bench.Load.Measuring;

/// <summary>Loads one running target as a scenario says and reads what it used meanwhile.</summary>
/// <param name="scenario">What is asked.</param>
/// <param name="upstream">Process id of the simulator.</param>
/// <param name="time">The clock.</param>
public sealed class PhaseRunner(IScenario scenario, int upstream, TimeProvider time)
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(20);
    private readonly Serials _serials = new();

    /// <summary>Sends the scenario's warm-up.</summary>
    /// <exception cref="TargetFailedException">More than one request in a hundred failed.</exception>
    public async Task WarmUpAsync(RunningTarget target)
    {
        var warmUp = scenario.WarmUp;
        var tally = new Tally(time);
        using var pool = Connect(target, warmUp.Tokens);
        var call = new HttpCall(pool, _serials, tally, time);
        await new ClosedLoopDriver(time, warmUp.Concurrency, warmUp.Requests).RunAsync(call, CancellationToken.None);
        if (tally.AnsweredSoFar < warmUp.Requests * 0.99)
        {
            var kinds = string.Join("; ", tally.Failures.Select(f => $"{f.Value} × {f.Key}"));
            throw new TargetFailedException($"it answered {tally.AnsweredSoFar} of {warmUp.Requests} warm-up requests: {kinds}");
        }
    }

    /// <summary>Runs one phase: lead-in, window, and the end of what is under way.</summary>
    public async Task<Measurement> MeasureAsync(RunningTarget target, Phase phase, int round)
    {
        var tally = new Tally(time);
        using var pool = Connect(target, scenario.Tokens);
        var call = new HttpCall(pool, _serials, tally, time);
        IDriver driver = phase.RatePerSecond is { } rate
            ? new OpenLoopDriver(new ArrivalSchedule(time, rate), new PrecisePause(time), phase.Concurrency)
            : new ClosedLoopDriver(time, phase.Concurrency);

        using var stop = new CancellationTokenSource();
        var driving = driver.RunAsync(call, stop.Token);
        await Task.Delay(phase.LeadIn, time);
        var before = Read(target, tally);
        tally.OpenWindow(before.Timestamp);
        await Task.Delay(phase.Window, time);
        var after = Read(target, tally);
        tally.CloseWindow(after.Timestamp);
        await stop.CancelAsync();
        await EndAsync(driving, driver, call, pool);

        return new Measurement
        {
            Target = target.Target.Name,
            Phase = phase.Name,
            Round = round,
            Window = time.GetElapsedTime(before.Timestamp, after.Timestamp),
            Answered = after.Answered - before.Answered,
            Chunks = after.Chunks - before.Chunks,
            Cpu = target.Process is null ? null : after.Target.Cpu - before.Target.Cpu,
            DriverCpu = after.Driver - before.Driver,
            UpstreamCpu = after.Upstream.Cpu - before.Upstream.Cpu,
            ResidentBytes = after.Target.ResidentBytes,
            PeakResidentBytes = after.Target.PeakResidentBytes,
            Latency = tally.LatencyQuantiles,
            FirstChunk = tally.FirstChunkQuantiles,
            Gap = tally.GapQuantiles,
            Failures = tally.Failures,
        };
    }

    private async Task EndAsync(Task driving, IDriver driver, ICall call, ConnectionPool pool)
    {
        try
        {
            await driving.WaitAsync(DrainLimit, time);
        }
        catch (TimeoutException)
        {
            driver.Abandon(call);
            pool.Dispose(); // What is under way ends as a failure.
            await driving;
        }
    }

    private ConnectionPool Connect(RunningTarget target, int tokens) => new(
        new RequestTemplate(target.Endpoint, "/v1/chat/completions", ChatBody.Of(target.Target.Model, tokens, scenario.Streams)),
        scenario.Streams);

    private Reading Read(RunningTarget target, Tally tally) => new(
        time.GetTimestamp(),
        tally.AnsweredSoFar,
        tally.ChunksSoFar,
        target.Process is { } process ? ProcessUsage.OfTree(process.Id) : default,
        ProcessUsage.OfTree(upstream),
        Environment.CpuUsage.TotalTime);

    private readonly record struct Reading(
        long Timestamp, long Answered, long Chunks, ProcessUsage Target, ProcessUsage Upstream, TimeSpan Driver);
}
