using System.Globalization;
using Gateway.Routing.Evaluation;

namespace Gateway.Routing.Tests.Evaluation;

/// <summary>The figures were printed by the script whose definitions these are, for the made-up rows of <c>outcomes.csv</c>.</summary>
public sealed class GapCurveTests
{
    private static readonly ILookup<string, Outcome> Sources = File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "Evaluation", "outcomes.csv"))
        .Skip(1)
        .Select(line => line.Split(','))
        .ToLookup(cells => cells[0], cells => new Outcome(Number(cells[1]), Number(cells[2]), Number(cells[3])));

    [Theory]
    [InlineData("alpha", 0.3875, 0.675, 0.657337, 0.653261, 0.092, 0.286364, 0.657, 0.714, 1.034239)]
    [InlineData("beta", 0.32, 0.88, 0.651429, 0.64747, 0.112, 0.28, 0.645538, 0.766857, 0.748571)]
    public void Agrees_with_the_script(
        string source, double weak, double strong, double apgr, double apgr10, double cpt20, double cpt50, double cpt80, double q95, double oracle)
    {
        var curve = GapCurve.Of(Sources[source])!;
        Assert.Equal(weak, curve.Weak, 6);
        Assert.Equal(strong, curve.Strong, 6);
        Assert.Equal(apgr, curve.Apgr, 6);
        Assert.Equal(apgr10, curve.Apgr10, 6);
        Assert.Equal(cpt20, curve.Cpt(0.2), 6);
        Assert.Equal(cpt50, curve.Cpt(0.5), 6);
        Assert.Equal(cpt80, curve.Cpt(0.8), 6);
        Assert.Equal(q95, curve.ShareForQuality(0.95), 6);
        Assert.Equal(oracle, GapCurve.Of(Sources[source].Select(row => row with { Score = row.Gain }))!.Apgr, 6);
    }

    [Fact]
    public void Mixed_traffic_agrees_with_the_script()
    {
        var mixed = MixedTraffic.Of(Sources.Select(source => source.ToList()));
        Assert.Equal(0.657321, mixed.Apgr, 6);
        Assert.Equal(0.28375, mixed.Cpt50, 6);
        Assert.Equal(0.645327, mixed.Cpt80, 6);
    }

    [Fact]
    public void One_score_for_all_is_chance() =>
        Assert.Equal(0.5, GapCurve.Of(Sources["alpha"].Select(row => row with { Score = 1 }))!.Apgr, 9);

    [Fact]
    public void Models_that_are_equally_good_have_no_curve() =>
        Assert.Null(GapCurve.Of([new Outcome(1, 0, 1), new Outcome(0, 1, 0)]));

    [Fact]
    public void A_ranking_of_every_row_once_has_the_curve_s_area()
    {
        var rows = Sources["beta"].ToList();
        Assert.Equal(0.651429, new Ranking(rows).Apgr([.. Enumerable.Repeat(1, rows.Count)]), 6);
    }

    [Fact]
    public void A_ranking_counts_a_row_as_often_as_it_was_drawn()
    {
        var rows = Sources["beta"].ToList();
        var twice = rows.Concat(rows.Take(5)).ToList();
        var times = rows.Select((_, row) => row < 5 ? 2 : 1).ToArray();
        Assert.Equal(GapCurve.Of(twice)!.Apgr, new Ranking(rows).Apgr(times), 9);
    }

    [Fact]
    public void A_paired_bootstrap_sees_a_difference_that_single_intervals_hide()
    {
        var rows = Enumerable.Range(0, 400).Select(i => new Outcome(i % 7, i % 2, i % 7 > 2 ? 1 : i % 2)).ToList();
        var better = new Ranking(rows);
        var worse = new Ranking(rows.ConvertAll(row => row with { Score = row.Score is 6 ? 0.5 : row.Score }));
        var difference = Bootstrap.Difference([better], [worse], 200, new Random(1));
        var (high, low) = (Bootstrap.Apgr(worse, 200, new Random(2)).High, Bootstrap.Apgr(better, 200, new Random(3)).Low);
        Assert.True(difference.Low > 0, difference.ToString());
        Assert.True(high > low);
    }

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
