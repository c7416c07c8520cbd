using CsCheck;
using Gateway.Routing.Thresholds;

namespace Gateway.Routing.Tests.Thresholds;

public sealed class ScoreWindowTests
{
    [Fact]
    public void An_empty_window_puts_every_score_in_the_middle() => Assert.Equal(0.5, new ScoreWindow(10).QuantileOf(0.9));

    [Fact]
    public void Counts_what_is_lower_and_half_of_what_is_equal()
    {
        var window = new ScoreWindow(10);
        foreach (var score in new[] { 0.1, 0.2, 0.2, 0.9 })
            window.Add(score);
        Assert.Equal(0.5, window.QuantileOf(0.2));
        Assert.Equal(0.75, window.QuantileOf(0.5));
        Assert.Equal(1, window.QuantileOf(1));
        Assert.Equal(0, window.QuantileOf(0));
    }

    [Fact]
    public void Forgets_the_oldest() => Gen.Double[0, 1].Array[1, 300].Sample(scores =>
    {
        var window = new ScoreWindow(50);
        foreach (var score in scores)
            window.Add(score);
        var left = scores.TakeLast(50).Select(StepOf).ToList();
        foreach (var score in scores.Take(10))
        {
            var step = StepOf(score);
            var expected = (left.Count(other => other < step) + (0.5 * left.Count(other => other == step))) / left.Count;
            Assert.Equal(expected, window.QuantileOf(score), 12);
        }
    });

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.05)]
    public void Says_from_which_score_a_share_lies_above(double share)
    {
        var window = new ScoreWindow(1000);
        var scores = Enumerable.Range(0, 1000).Select(i => (i + 0.5) / 1000).ToList();
        scores.ForEach(window.Add);
        Assert.Equal(share, scores.Count(score => score >= window.ScoreAt(share)) / 1000.0, 0.002);
    }

    [Fact]
    public void Saves_and_loads_what_it_remembers()
    {
        var (window, other) = (new ScoreWindow(20), new ScoreWindow(20));
        for (var i = 0; i < 33; i++)
            window.Add(i / 40.0);
        other.Load(window.Save());
        Assert.Equal(window.Save(), other.Save());
        Assert.Equal(window.QuantileOf(0.5), other.QuantileOf(0.5));
    }

    [Fact]
    public void A_seed_spreads_over_the_whole_distribution_from_its_first_scores_on()
    {
        float[] quantiles = [.. Enumerable.Range(0, 101).Select(i => i / 100f)];
        var window = new ScoreWindow(100);
        window.Seed(quantiles, 20);
        Assert.Equal(20, window.Count);
        Assert.Equal(0.5, window.QuantileOf(0.5), 0.06);
        Assert.Equal(0.8, window.QuantileOf(0.8), 0.06);
    }

    private static int StepOf(double score) => Math.Min((int)(score * ScoreWindow.Steps), ScoreWindow.Steps - 1);
}
