using System.Diagnostics;
using System.Net.Sockets;
using Gateway.Bench.Caching.Hits;
using Gateway.Bench.Load.Commands;
using Gateway.Bench.Load.Targets;

namespace Gateway.Bench.Caching.Commands;

/// <summary>What a hit takes from socket to socket, beside the liveness probe of the same process; and an exact look by itself.</summary>
public sealed class HitCommand : IBenchCommand
{
    private const double Goal = 1.3;

    public string Usage =>
        "[--rounds 60] [--calls 50] [--settle 60] [--window 4]   hits over loopback against /livez: times, and CPU of the gateway; and exact looks in process";

    public async Task<int> RunAsync(Arguments arguments, TextWriter output)
    {
        var (rounds, calls) = (arguments.Number("--rounds", 60), arguments.Number("--calls", 50));
        var (settle, window) = (TimeSpan.FromSeconds(arguments.Number("--settle", 60)), TimeSpan.FromSeconds(arguments.Number("--window", 4)));
        try
        {
            await using var site = await HitSite.StartAsync();
            output.WriteLine($"{rounds} rounds of {calls} calls each, one keep-alive connection each, {Machine.Describe()}, load {LoadAverage()}\n");
            Time(site, rounds, calls, settle, window, output);
        }
        catch (Exception error) when (error is TargetFailedException or SocketException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }

        output.WriteLine();
        await ExactTimes.WriteAsync(output, 2_000, 400_000);
        return 0;
    }

    private static void Time(HitSite site, int rounds, int calls, TimeSpan settle, TimeSpan window, TextWriter output)
    {
        var callers = site.Asks.Select(ask => new HitCaller(ask)).ToArray();
        // Until what runs has been compiled for good.
        for (var from = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(from) < settle;)
            Round([.. site.Asks.Select(_ => new HitTimes())], callers, calls);
        var times = site.Asks.Select(_ => new HitTimes()).ToArray();
        for (var i = 0; i < rounds; i++)
            Round(times, callers, calls);
        var costs = site.Asks.Select(ask => HitCost.Measure(ask, site.Process, window)).ToArray();
        output.WriteLine("| request | bytes sent, body read | median | 95 % | of `/livez` | CPU of the gateway | of `/livez` |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        for (var i = 0; i < times.Length; i++)
        {
            output.WriteLine(
                $"| {site.Asks[i].Name} | {site.Asks[i].Bytes.Length}, {callers[i].ReplyBytes} | {times[i].At(0.5):N0} µs | {times[i].At(0.95):N0} µs "
                + $"| {times[i].Against(times[0]):0.00} | {costs[i]:N0} µs | {costs[i] / costs[0]:0.0} |");
            callers[i].Dispose();
        }

        output.WriteLine($"\ngoal for a hit: {Goal} of the time of `/livez`; replies that were not as meant, and do not count: {times.Sum(each => each.Odd)}");
    }

    private static void Round(HitTimes[] times, HitCaller[] callers, int calls)
    {
        for (var i = 0; i < times.Length; i++)
            times[i].Round(callers[i], calls);
    }

    private static string LoadAverage() => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
