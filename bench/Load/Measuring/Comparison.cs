using Gateway.Bench.Load.Scenarios;
using Gateway.Bench.Load.Targets;

namespace Gateway.Bench.Load.Measuring;

/// <summary>
/// Measures all targets in one scenario, side by side: every round takes each target once (A B C A B C), so that a machine that gets
/// slower or busier does so for all of them.
/// </summary>
public sealed class Comparison(BenchOptions options, Layout layout, TimeProvider time, TextWriter log)
{
    /// <summary>Starts the simulator and the targets afresh, measures, and stops them.</summary>
    /// <exception cref="TargetFailedException">The simulator did not come up.</exception>
    public async Task<ComparisonOutcome> RunAsync(IScenario scenario)
    {
        var site = Prepare(scenario);
        await using var upstream = await SimulatorServer.StartAsync(
            layout, scenario.SimulatorArguments, site.File("simulator.log"), site.UpstreamPort);
        var runner = new PhaseRunner(scenario, upstream.Id, time);
        var running = new List<RunningTarget>();
        var skipped = new Dictionary<string, string>();
        try
        {
            foreach (var name in options.Targets)
            {
                await StartAsync(name, site, runner, running, skipped);
            }

            return new ComparisonOutcome(scenario, await RoundsAsync(scenario, runner, running), skipped);
        }
        finally
        {
            foreach (var target in running)
            {
                await target.DisposeAsync();
            }
        }
    }

    private Site Prepare(IScenario scenario)
    {
        var folder = Path.Combine(layout.Work, scenario.Name);
        Directory.CreateDirectory(folder);
        return new Site(layout, FreePort.Take(), folder);
    }

    private async Task StartAsync(
        string name, Site site, PhaseRunner runner, List<RunningTarget> running, Dictionary<string, string> skipped)
    {
        RunningTarget? target = null;
        try
        {
            log.WriteLine($"  {name}: starting and warming up");
            target = await TargetCatalog.Get(name).StartAsync(site);
            await runner.WarmUpAsync(target);
            running.Add(target);
        }
        catch (TargetFailedException e)
        {
            log.WriteLine($"  {name}: skipped: {e.Message}");
            skipped[name] = e.Message;
            if (target is not null)
            {
                await target.DisposeAsync();
            }
        }
    }

    private async Task<List<Measurement>> RoundsAsync(IScenario scenario, PhaseRunner runner, List<RunningTarget> running)
    {
        var measurements = new List<Measurement>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var phase in scenario.Phases)
            {
                foreach (var target in running)
                {
                    var measured = await runner.MeasureAsync(target, phase, round);
                    measurements.Add(measured);
                    log.WriteLine($"  round {round} {phase.Name,-5} {Line(measured, phase)}");
                }
            }
        }

        return measurements;
    }

    private static string Line(Measurement m, Phase phase)
    {
        var cpu = m.Cpu is null ? "" : $"  CPU {m.CpuPerRequest:N1} µs/request";
        var chunk = m.Cpu is null || m.Chunks == 0 ? "" : $", {m.CpuPerChunk:N2} µs/chunk";
        var latency = phase.RatePerSecond is null ? "" : $"  p50 {m.Latency.P50:N0} µs, p99 {m.Latency.P99:N0} µs";
        return $"{m.Target,-10} {m.RequestsPerSecond,8:N0}/s{cpu}{chunk}{latency}  failed {m.Failures.Values.Sum()}";
    }
}
