using Gateway.Bench.Load;

namespace Gateway.Load.Tests;

public sealed class BenchOptionsTests
{
    [Fact]
    public void What_is_not_said_is_the_default() =>
        Assert.Equal((5, 5, 1_000, 320, true), Numbers(BenchOptions.Parse([])));

    [Fact]
    public void Every_number_can_be_said() => Assert.Equal(
        (3, 4.5, 500, 64, false),
        Numbers(BenchOptions.Parse(["--rounds", "3", "--seconds", "4.5", "--rate", "500", "--streams", "64", "--no-build"])));

    [Fact]
    public void Targets_take_turns_in_their_own_order_whatever_the_order_asked() =>
        Assert.Equal(["direct", "gateway"], BenchOptions.Parse(["--targets", "gateway,direct"]).Targets);

    [Theory]
    [InlineData("--quik")]
    [InlineData("--rounds")]
    [InlineData("--rounds", "0")]
    [InlineData("--rounds", "0.5")]
    [InlineData("--rate", "many")]
    [InlineData("--targets", "nginx,apache")]
    public void What_is_not_known_is_refused_and_quoted(params string[] args)
    {
        var refused = Assert.Throws<FormatException>(() => BenchOptions.Parse(args));
        Assert.Contains(args[^1].Split(',')[^1], refused.Message, StringComparison.Ordinal);
    }

    private static (int Rounds, double Seconds, int Rate, int Streams, bool Build) Numbers(BenchOptions o) =>
        (o.Rounds, o.Window.TotalSeconds, o.Rate, o.Streams, o.Build);
}
