using Gateway.Bench.Load.Measuring;
using Gateway.Bench.Load.Report;

namespace Gateway.Load.Tests.Report;

public sealed class ReportTests
{
    [Fact]
    public void A_table_has_its_words_left_and_its_figures_right() => Assert.Equal(
        """
        | target | CPU µs |
        | ------ | -----: |
        | a      |      1 |
        | b\|c   |   22.5 |

        """,
        MarkdownTable.Render(["target", "CPU µs"], [["a", "1"], ["b|c", "22.5"]]));

    [Fact]
    public void The_median_leaves_out_what_is_no_number()
    {
        Assert.Equal(new Spread(2, 1, 9, 3), Spread.Of([9, double.NaN, 1, 2]));
        Assert.Equal(2.5, Spread.Of([1, 2, 3, 4]).Median);
        Assert.Equal(0, Spread.Of([double.NaN]).Count);
    }

    [Fact]
    public void Ratios_and_additions_are_taken_within_a_round_before_the_median()
    {
        // The machine is half as fast in the second round and busy with something else in the third.
        var report = Render(
            Measured("direct", 1, null, 100), Measured("bare-yarp", 1, 50, 200), Measured("gateway", 1, 60, 240),
            Measured("direct", 2, null, 200), Measured("bare-yarp", 2, 100, 400), Measured("gateway", 2, 120, 450),
            Measured("direct", 3, null, 900), Measured("bare-yarp", 3, 500, 980), Measured("gateway", 3, 650, 1000));

        Assert.Contains("| target    |   CPU | ÷ bare-yarp (lowest–highest) | p50 added |", report, StringComparison.Ordinal);
        Assert.Contains("| direct    |     – |                            – |     (200) |", report, StringComparison.Ordinal);
        Assert.Contains("| bare-yarp | 100.0 |                            1 |       100 |", report, StringComparison.Ordinal);
        Assert.Contains("| gateway   | 120.0 |         **1.20** (1.20–1.30) |       140 |", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_yardstick_there_is_no_ratio()
    {
        var report = Render(Measured("gateway", 1, 60, 240));
        Assert.Contains("| gateway | 60.0 |                            – |         – |", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_and_skipped_targets_are_said()
    {
        var failed = Measured("gateway", 1, 60, 240) with { Failures = new Dictionary<string, long> { ["http 503"] = 3 } };
        var report = new ScenarioReport(
            new ComparisonOutcome(new FakeScenario(), [failed], new Dictionary<string, string> { ["nginx"] = "not installed" })).Render();

        Assert.Contains("- **failed**: gateway, phase open: 3 × http 503\n", report, StringComparison.Ordinal);
        Assert.Contains("- nginx was skipped: not installed\n", report, StringComparison.Ordinal);
    }

    private static string Render(params Measurement[] measurements) =>
        new ScenarioReport(new ComparisonOutcome(new FakeScenario(), measurements, new Dictionary<string, string>())).Render();

    private static Measurement Measured(string target, int round, double? cpu, double p50) => new()
    {
        Target = target,
        Phase = "open",
        Round = round,
        Window = TimeSpan.FromSeconds(1),
        Answered = 1_000,
        Chunks = 0,
        Cpu = cpu is { } micro ? TimeSpan.FromMicroseconds(micro * 1_000) : null,
        Latency = new Quantiles(1_000, p50, p50, p50, p50),
    };
}
