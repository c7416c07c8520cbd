using System.Globalization;
using Gateway.Bench.Load.Report;
using Gateway.Configuration;

namespace Gateway.Bench.Overload;

/// <summary>Measures the capacity, loads the gateway with a multiple of it, and tabulates who got what.</summary>
public sealed class Study(StudyOptions options, TimeProvider time)
{
    private static readonly CallerGroup[] Groups = [new("greedy", 0.64, 0), new("modest", 0.16, 0), new("batch", 0.2, 10)];

    private readonly List<IReadOnlyList<string>> _rows = [];

    public static IReadOnlyList<string> Headings { get; } =
    [
        "admission", "goodput ÷ capacity", "greedy/s", "modest/s", "batch/s", "first token p50", "p99", "turned away", "Retry-After", "left", "broken", "most waiting at gateway", "at replicas", "peak RSS",
    ];

    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    /// <summary>Answers a second when there is always one more request than places, and no queue to speak of.</summary>
    public async Task<double> MeasureCapacityAsync()
    {
        await using var site = await Site.StartAsync(new AdmissionOptions { Enabled = false });
        using var caller = new Caller(site.Address, time);
        var (startedAt, answered) = (time.GetTimestamp(), 0);
        // What is answered while the batches fill is not counted.
        var from = options.Length / 4;
        await Task.WhenAll(Enumerable.Range(0, Site.Batch * 3).Select(async _ =>
        {
            while (time.GetElapsedTime(startedAt) < options.Length)
            {
                var outcome = await caller.AskAsync(Groups[0], TimeSpan.FromMinutes(1));
                var now = time.GetElapsedTime(startedAt);
                if (outcome.Ending == Ending.Answered && now > from && now <= options.Length)
                    Interlocked.Increment(ref answered);
            }
        }));
        return answered / (options.Length - from).TotalSeconds;
    }

    public async Task RunAsync(string name, AdmissionOptions admission, double capacity)
    {
        await using var site = await Site.StartAsync(admission);
        using var caller = new Caller(site.Address, time);
        var (atGateway, atReplicas, memory) = (0, 0, 0L);
        var load = new OpenLoad(caller, new Random(1), time);
        var arrivals = await load.RunAsync(Groups, capacity * options.Factor, options.Length, options.Patience, () =>
        {
            var waiting = site.Waiting;
            (atGateway, atReplicas) = (Math.Max(atGateway, waiting.AtGateway), Math.Max(atReplicas, waiting.AtReplicas));
            memory = Math.Max(memory, Environment.WorkingSet);
        });
        _rows.Add([.. Row(name, arrivals, capacity, atGateway, atReplicas), $"{memory >> 20} MiB"]);
    }

    private string[] Row(string name, IReadOnlyList<Arrival> arrivals, double capacity, int atGateway, int atReplicas)
    {
        var good = arrivals.Where(each => each.Outcome.Ending == Ending.Answered && each.Outcome.FirstToken <= options.Objective).ToList();
        var people = arrivals.Where(each => each.From.Priority == 0 && each.Outcome.Ending == Ending.Answered).Select(each => each.Outcome.FirstToken.TotalSeconds).Order().ToArray();
        var pauses = arrivals.Where(each => each.Outcome.Ending == Ending.TurnedAway).Select(each => each.Outcome.RetryAfter.TotalSeconds).ToArray();
        return
        [
            name,
            Number(good.Count / options.Length.TotalSeconds / capacity, "0.00"),
            .. Groups.Select(group => Number(good.Count(each => each.From == group) / options.Length.TotalSeconds, "0.0")),
            Seconds(people, 0.5),
            Seconds(people, 0.99),
            pauses.Length.ToString(CultureInfo.InvariantCulture),
            pauses.Length == 0 ? "–" : $"{Number(pauses.Min(), "0")}–{Number(pauses.Max(), "0")} s",
            Count(arrivals, Ending.Left),
            Count(arrivals, Ending.Broken),
            atGateway.ToString(CultureInfo.InvariantCulture),
            atReplicas.ToString(CultureInfo.InvariantCulture),
        ];
    }

    public static string Render(IReadOnlyList<IReadOnlyList<string>> rows) => MarkdownTable.Render(Headings, rows);

    private static string Count(IEnumerable<Arrival> arrivals, Ending ending) =>
        arrivals.Count(each => each.Outcome.Ending == ending).ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double[] sorted, double quantile) =>
        sorted.Length == 0 ? "–" : Number(sorted[(int)Math.Ceiling(quantile * sorted.Length) - 1], "0.00") + " s";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
