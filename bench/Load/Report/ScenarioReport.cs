using System.Globalization;
using System.Text;
using Gateway.Bench.Load.Measuring;
using Gateway.Bench.Load.Targets;

namespace Gateway.Bench.Load.Report;

/// <summary>One scenario's table: medians over the rounds, ratios and additions taken within each round first.</summary>
public sealed class ScenarioReport(ComparisonOutcome outcome)
{
    private const string None = "–";

    private readonly Dictionary<(string Target, string Phase, int Round), Measurement> _byPlace =
        outcome.Measurements.ToDictionary(m => (m.Target, m.Phase, m.Round));

    /// <summary>Renders heading, table and what has to be known about it.</summary>
    public string Render()
    {
        var scenario = outcome.Scenario;
        var text = new StringBuilder($"## {scenario.Name}\n\n{scenario.Summary}.\n\n");
        string[] targets = [.. outcome.Measurements.Select(m => m.Target).Distinct()];
        string[] headings = ["target", .. scenario.Columns.SelectMany(Headings)];
        List<string[]> rows = [.. targets.Select(target => (string[])[target, .. scenario.Columns.SelectMany(c => Cells(c, target))])];
        text.Append(MarkdownTable.Render(headings, rows)).Append('\n');
        foreach (var (target, reason) in outcome.Skipped)
        {
            text.Append($"- {target} was skipped: {reason}\n");
        }

        AppendFailures(text);
        AppendSurroundings(text);
        return text.Append('\n').ToString();
    }

    private static string[] Headings(Column column) =>
        column.HasRatio ? [column.Title, $"÷ {TargetCatalog.Yardstick} (lowest–highest)"] : [column.Title];

    private string[] Cells(Column column, string target)
    {
        var value = Cell(column, target);
        return column.HasRatio ? [value, Ratio(column, target)] : [value];
    }

    private string Cell(Column column, string target)
    {
        if (!column.IsAdded)
        {
            return Write(Over(column, target, m => column.Value(m)).Median, column.Format);
        }

        // The floor's own row holds the latency itself, in parentheses, that the others add to.
        return target == TargetCatalog.Floor
            ? $"({Write(Over(column, target, m => column.Value(m)).Median, column.Format)})"
            : Write(Over(column, target, m => column.Value(m) - Other(column, TargetCatalog.Floor, m.Round)).Median, column.Format);
    }

    private string Ratio(Column column, string target)
    {
        var spread = Over(column, target, m => column.Value(m) / Other(column, TargetCatalog.Yardstick, m.Round));
        return spread.Count == 0 ? None
            : target == TargetCatalog.Yardstick ? "1"
            : $"**{Write(spread.Median, "N2")}** ({Write(spread.Lowest, "N2")}–{Write(spread.Highest, "N2")})";
    }

    private Spread Over(Column column, string target, Func<Measurement, double> read) =>
        Spread.Of(outcome.Measurements.Where(m => m.Target == target && m.Phase == column.Phase).Select(read));

    private double Other(Column column, string target, int round) =>
        _byPlace.TryGetValue((target, column.Phase, round), out var measured) ? column.Value(measured) : double.NaN;

    private void AppendFailures(StringBuilder text)
    {
        var failures = outcome.Measurements
            .SelectMany(m => m.Failures.Select(f => (m.Target, m.Phase, Kind: f.Key, Count: f.Value)))
            .GroupBy(f => (f.Target, f.Phase, f.Kind));
        foreach (var kind in failures)
        {
            text.Append($"- **failed**: {kind.Key.Target}, phase {kind.Key.Phase}: {kind.Sum(f => f.Count)} × {kind.Key.Kind}\n");
        }
    }

    private void AppendSurroundings(StringBuilder text)
    {
        foreach (var phase in outcome.Scenario.Phases)
        {
            var all = outcome.Measurements.Where(m => m.Phase == phase.Name).ToList();
            var driver = Spread.Of(all.Select(m => m.DriverCpuPerRequest)).Median;
            var simulator = Spread.Of(all.Select(m => m.UpstreamCpuPerRequest)).Median;
            text.Append($"- phase {phase.Name}: per request the driver used {Write(driver, "N1")} µs ")
                .Append($"and the simulator {Write(simulator, "N1")} µs of CPU\n");
        }
    }

    private static string Write(double value, string format) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : None;
}
