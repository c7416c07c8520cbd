using System.Globalization;
using System.Text;
using Gateway.Routing;
using Gateway.Routing.Cascade;
using Gateway.Routing.Evaluation;

namespace Gateway.Calibration;

/// <summary>The words of <c>gateway calibrate</c>: for every share of the large pool, the threshold that gives it, what it costs, and what it is worth.</summary>
internal static class CalibrationReport
{
    private const int Steps = 20;

    /// <param name="route">A cascade.</param>
    /// <param name="rows">The traffic; not empty.</param>
    public static string Of(ModelRoute route, IReadOnlyList<CalibrationRow> rows)
    {
        var text = new StringBuilder();
        var order = rows.OrderByDescending(row => row.Score).ToList();
        var curve = rows.All(row => row.Quality is not null)
            ? GapCurve.Of(rows.Select(row => new Outcome(row.Score, row.Quality!.Value.Weak, row.Quality.Value.Strong)))
            : null;
        var (small, large) = (route.Cascade[0].Price, route.Cascade[^1].Price);
        text.Append(CultureInfo.InvariantCulture, $"{route.Name}: {route.Choice!.Scorer.Version} over {rows.Count} requests\n\n");
        text.Append("  llm_share  threshold");
        text.Append(small is null || large is null ? "" : "  USD per 1,000");
        text.Append(curve is null ? "\n" : "  quality  of the gap\n");
        for (var step = 0; step <= Steps; step++)
            AppendShare(text, order, step / (double)Steps, small, large, curve);
        AppendQuality(text, curve, rows);
        return text.ToString();
    }

    private static void AppendShare(
        StringBuilder text, List<CalibrationRow> order, double share, TokenPrice? small, TokenPrice? large, GapCurve? curve)
    {
        var up = (int)Math.Round(share * order.Count);
        var threshold = up == 0 ? "-" : order[up - 1].Score.ToString("0.000", CultureInfo.InvariantCulture);
        text.Append(CultureInfo.InvariantCulture, $"  {share,9:0%}  {threshold,9}");
        if (small is { } low && large is { } high)
        {
            var usd = order.Select((row, i) => (i < up ? high : low).Of(row.Prompt, 0, row.Completion)).Sum();
            text.Append(CultureInfo.InvariantCulture, $"  {1000 * usd / order.Count,13:0.0000}");
        }

        if (curve is not null)
            text.Append(CultureInfo.InvariantCulture, $"  {curve.Weak + (curve.PgrAt(share) * (curve.Strong - curve.Weak)),7:0.0000}  {curve.PgrAt(share),10:0%}");
        text.Append('\n');
    }

    private static void AppendQuality(StringBuilder text, GapCurve? curve, IReadOnlyList<CalibrationRow> rows)
    {
        if (curve is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  half of the gap between the models at a share of {curve.Cpt(0.5):0%}, four fifths at {curve.Cpt(0.8):0%}; ");
            text.Append(CultureInfo.InvariantCulture, $"area under the curve {curve.Apgr:0.000} (chance 0.500)\n");
        }
        else if (rows.Any(row => row.Quality is not null))
        {
            text.Append("\n  no quality: not every row is labelled, or both models are equally good on these\n");
        }
        else
        {
            text.Append("\n  no quality: log lines say what was asked and what it cost, not how good the other answer would have been\n");
        }
    }
}
