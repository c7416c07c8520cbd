using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using Gateway.Calibration;
using Gateway.Routing;
using Gateway.Routing.Balancing;
using Gateway.Routing.Cascade;
using Gateway.Routing.Complexity;
using Gateway.Routing.Complexity.Keywords;
using Gateway.Routing.Thresholds;

namespace Gateway.Tests.Calibration;

public sealed class CalibrationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-calibrate-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Reads_labelled_prompts_and_logged_requests_and_counts_the_rest()
    {
        var reader = new CalibrationReader(new LengthScorer());
        var rows = reader.Read(((string[])[
            Labelled("four", 0.25, 1),
            """{"time":"2026-01-01T00:00:00Z","level":"info","event":"request","complexity":0.5,"prompt_tokens":70,"completion_tokens":9}""",
            """{"event":"request","model":"not scored"}""",
            """{"weak_score":2,"strong_score":1,"messages":[]}""",
            "not JSON",
            "[]",
        ]).Select((text, i) => new CalibrationLine("a.jsonl", i + 1, text))).ToList();

        Assert.Equal(4, reader.Passed);
        Assert.Equal((0.04, new Quality(0.25, 1)), (Math.Round(rows[0].Score, 6), rows[0].Quality!.Value));
        Assert.Equal(new CalibrationRow(0.5, 70, 9, null), rows[1]);
    }

    [Fact]
    public void A_scorer_that_reads_the_whole_conversation_gets_it()
    {
        var half = new string('a', 300);
        var row = $$"""{"messages":[{"role":"user","content":"{{half}}"},{"role":"assistant","content":"{{half}}"},{"role":"user","content":"b"}],"weak_score":0,"strong_score":1}""";
        var read = new CalibrationReader(new KeywordScorer(KeywordRule.Reference)).Read([new CalibrationLine("rows.jsonl", 1, row)]);
        Assert.Equal(1, Assert.Single(read).Score);
    }

    [Fact]
    public void Reads_a_folder_gzipped_files_too()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "a.jsonl"), "one\n\ntwo\n");
        using (var zipped = new GZipStream(File.Create(Path.Combine(_folder.FullName, "b.jsonl.gz")), CompressionLevel.Fastest))
            zipped.Write(Encoding.UTF8.GetBytes("three\n"));
        File.WriteAllText(Path.Combine(_folder.FullName, "README.md"), "four\n");
        Assert.Equal(["one", "two", "three"], CalibrationLines.Of(_folder.FullName).Select(line => line.Text));
    }

    [Fact]
    public void Says_what_a_share_costs_and_is_worth()
    {
        // Four prompts, the longer ones gain: at half of them the whole gap is recovered.
        List<CalibrationRow> rows =
        [
            new(0.9, 1000, 100, new Quality(0, 1)),
            new(0.8, 1000, 100, new Quality(0, 1)),
            new(0.2, 1000, 100, new Quality(1, 1)),
            new(0.1, 1000, 100, new Quality(1, 1)),
        ];
        var lines = CalibrationReport.Of(Route(), rows).Split('\n');

        Assert.Contains("  llm_share  threshold  USD per 1,000  quality  of the gap", lines);
        Assert.Contains("         0%          -         1.2000   0.5000          0%", lines);
        Assert.Contains("        50%      0.800         6.6000   1.0000        100%", lines);
        Assert.Contains("       100%      0.100        12.0000   1.0000        100%", lines);
        Assert.Contains(lines, line => line.Contains("half of the gap between the models at a share of 25%", StringComparison.Ordinal));
    }

    [Fact]
    public void Says_that_log_lines_know_no_quality()
    {
        var report = CalibrationReport.Of(Route(), [new CalibrationRow(0.9, 10, 10, null), new CalibrationRow(0.1, 10, 10, null)]);
        Assert.Contains("no quality: log lines say what was asked and what it cost", report, StringComparison.Ordinal);
        Assert.DoesNotContain("of the gap", report.Split('\n')[2], StringComparison.Ordinal);
    }

    private static string Labelled(string ask, double weak, double strong) =>
        FormattableString.Invariant($$"""{"messages":[{"role":"user","content":"{{ask}}"}],"weak_score":{{weak}},"strong_score":{{strong}},"source":"x"}""");

    private static ModelRoute Route()
    {
        ImmutableArray<Pool> pools =
        [
            new("slm", "small", null, [], new RoundRobinPicker()) { Price = new TokenPrice(1, 1, 2) },
            new("llm", "large", null, [], new RoundRobinPicker()) { Price = new TokenPrice(10, 10, 20) },
        ];
        return new ModelRoute("auto", pools, [], new CascadeChoice(new LengthScorer(), new FixedThreshold(0.5)));
    }

    private sealed class LengthScorer : IComplexityScorer
    {
        public ComplexityScore Score(in Prompt prompt) => new(prompt.Ask.Length / 100.0, default);
    }
}
