using Gateway.Caching.Semantic;
using Gateway.Caching.Semantic.Bounds;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Caching.Tests.Semantic.Bounds;

/// <summary>On drawn streams: at most one hit in a hundred is wrong, but for those that it takes to notice.</summary>
public sealed class LearnedBarsTests
{
    private const int Asks = 20_000;

    /// <summary>So many wrong hits, besides one in a hundred, a class that is or turns bad may cost: twice the dearest of 20 seeds (57; bench/Caching, streams).</summary>
    private const int ToNotice = 120;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));

    [Fact]
    public void Starts_at_the_configured_bar()
    {
        var bars = Bars(1);
        Assert.Equal(0.92f, bars.BarOf(AskStream.Class));
        Assert.Equal(0.95f, bars.BarOf(AskStream.Class with { Form = AskForm.Code }));
    }

    [Theory]
    [InlineData(60, 0.75)]
    [InlineData(40, 0.70)]
    public void Comes_down_where_it_may(double steepness, double middle)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var (bars, stream) = Stream(seed);
            stream.Ask(Asks, AskStream.Curve(steepness, middle));
            Assert.InRange(bars.BarOf(AskStream.Class), 0.8f, 0.89f);
            Bears(stream, 0);
        }
    }

    [Theory]
    [InlineData(60, 0.75)]
    [InlineData(60, 0.80)]
    [InlineData(60, 0.88)]
    [InlineData(60, 0.93)]
    [InlineData(30, 0.80)]
    [InlineData(15, 0.80)]
    public void Holds_whatever_the_curve(double steepness, double middle)
    {
        for (var seed = 0; seed < 5; seed++)
            Bears(Stream(seed).Stream.Ask(Asks, AskStream.Curve(steepness, middle)), 1);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void Gives_no_answers_where_similarity_says_nothing(double wrong)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var stream = Stream(seed).Stream.Ask(Asks, _ => 1 - wrong);
            Bears(stream, 1);
        }
    }

    [Fact]
    public void Closes_a_class_whose_nearest_pairs_are_the_wrong_ones()
    {
        var (bars, stream) = Stream(3);
        stream.Ask(Asks, similarity => similarity > 0.95 ? 0.5 : 1);
        Bears(stream, 1);
        Assert.True(bars.BarOf(AskStream.Class) > 1);
    }

    [Fact]
    public void A_plateau_of_wrong_ones_that_no_curve_fits_is_counted()
    {
        for (var seed = 0; seed < 5; seed++)
            Bears(Stream(seed).Stream.Ask(Asks, similarity => similarity < 0.9 ? 0.3 : 0.97), 1);
    }

    [Fact]
    public void Follows_a_class_that_turns_bad_and_one_that_mends()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var (bars, stream) = Stream(seed);
            stream.Ask(Asks, AskStream.Curve(60, 0.75)).Ask(Asks / 4, AskStream.Curve(60, 0.95));
            Assert.True(bars.BarOf(AskStream.Class) > 0.92f);
            stream.Ask(2 * Asks, AskStream.Curve(60, 0.75));
            Assert.True(bars.BarOf(AskStream.Class) <= 0.92f, $"{bars.BarOf(AskStream.Class)}");
            Bears(stream, 2);
        }
    }

    [Fact]
    public void Follows_a_drift()
    {
        var (_, stream) = Stream(7);
        for (var step = 0; step < 20; step++)
            stream.Ask(Asks / 20, AskStream.Curve(60, 0.75 + (step * 0.01)));
        Bears(stream, 2);
    }

    [Fact]
    public void Checks_few_hits_once_all_is_well()
    {
        var (_, stream) = Stream(1);
        stream.Ask(Asks, AskStream.Curve(60, 0.75));
        var (hits, checks) = (stream.Hits, stream.Checks);
        stream.Ask(Asks, AskStream.Curve(60, 0.70));
        Assert.InRange((stream.Checks - checks) / (double)(stream.Hits - hits), 0.02, 0.25);
    }

    [Fact]
    public void A_new_class_is_as_strict_as_its_model_has_learned_to_be()
    {
        var (bars, stream) = Stream(1);
        stream.Ask(2_000, _ => 0.5);
        Assert.True(bars.BarOf(new AskClass("auto", AskForm.Instruction, AskLength.Long)) > 0.92f);
        Assert.Equal(0.92f, bars.BarOf(new AskClass("other", AskForm.Instruction, AskLength.Long)));
    }

    [Fact]
    public void A_class_that_must_prove_itself_gives_no_answer_before()
    {
        var bars = Bars(1, new SemanticSettings { Bound = new BoundSettings { Proofs = 50 } });
        Assert.True(bars.BarOf(AskStream.Class) > 1);
        for (var i = 0; i < 50; i++)
            bars.Learn(AskStream.Class, 0.95f, wasRight: true, wasHit: false);
        Assert.Equal(0.92f, bars.BarOf(AskStream.Class));
    }

    [Fact]
    public void A_bad_class_that_must_prove_itself_costs_next_to_nothing()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var chance = new Random(seed);
            var bars = Bars(seed + 100, new SemanticSettings { Bound = new BoundSettings { Proofs = 200 } });
            var stream = new AskStream(bars, chance).Ask(Asks / 4, _ => 0.8);
            Assert.InRange(stream.FalseHits, 0, 10);
        }
    }

    [Fact]
    public void What_was_learned_outlives_a_restart()
    {
        var (bars, stream) = Stream(1);
        stream.Ask(Asks, AskStream.Curve(60, 0.75));
        var restarted = Bars(2);
        Assert.True(restarted.Load(bars.Save()));
        Assert.Equal(bars.BarOf(AskStream.Class), restarted.BarOf(AskStream.Class));
        Assert.Equal(bars.Report(), restarted.Report());
    }

    [Fact]
    public void Bytes_that_are_no_snapshot_are_ignored()
    {
        var (bars, stream) = Stream(1);
        var saved = stream.Ask(1_000, AskStream.Curve(60, 0.75)) is null ? [] : bars.Save();
        var fresh = Bars(2);
        Assert.False(fresh.Load([]));
        Assert.False(fresh.Load(saved.AsSpan(0, saved.Length - 1)));
        Assert.False(fresh.Load([.. saved, 0]));
        saved[0] = 9;
        Assert.False(fresh.Load(saved));
        Assert.Equal(0.92f, fresh.BarOf(AskStream.Class));
    }

    [Fact]
    public void Old_verdicts_fade()
    {
        var bars = Bars(1);
        for (var i = 0; i < 20; i++)
            bars.Learn(AskStream.Class, 0.93f, wasRight: false, wasHit: true);
        Assert.True(bars.BarOf(AskStream.Class) > 0.93f);
        _time.Advance(TimeSpan.FromDays(200));
        for (var i = 0; i < 100; i++)
            bars.Learn(AskStream.Class, 0.93f, wasRight: true, wasHit: false);
        Assert.Equal(0.92f, bars.BarOf(AskStream.Class));
    }

    [Fact]
    public void Checks_nothing_when_told_so()
    {
        var bars = Bars(1, new SemanticSettings { Bound = new BoundSettings { CheckedHits = 0 } });
        Assert.DoesNotContain(Enumerable.Range(0, 1_000), _ => bars.ShallDoubt(AskStream.Class, 0.95f, 0.92f));
    }

    private static void Bears(AskStream stream, int surprises) =>
        Assert.True(
            stream.FalseHits <= (0.01 * stream.Hits) + (surprises * ToNotice) + (3 * Math.Sqrt(0.01 * stream.Hits)),
            $"{stream.FalseHits} of {stream.Hits} hits are wrong");

    private (LearnedBars Bars, AskStream Stream) Stream(int seed)
    {
        var bars = Bars(seed + 100);
        return (bars, new AskStream(bars, new Random(seed)));
    }

    private LearnedBars Bars(int seed, SemanticSettings? settings = null) => new(settings ?? new SemanticSettings(), _time, new Random(seed));
}
