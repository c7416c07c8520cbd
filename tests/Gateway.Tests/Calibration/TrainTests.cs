using System.Text;
using System.Text.Json;
using Gateway.Calibration;
using Gateway.Configuration;
using Gateway.Routing.Complexity;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Calibration;

public sealed class TrainTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-train-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Trains_an_artefact_that_loads_with_its_card_and_says_what_it_is_worth()
    {
        Write("rows.jsonl", Rows(500));
        var result = Run("own.scorer");

        Assert.Equal(TrainStep.Done, result.Step);
        var artefact = ArtefactFile.Read(At("own.scorer")).Artefact!;
        Assert.StartsWith($"{At("own.scorer")}: artefact {artefact.Id}, trained on 500 prompts", result.Text, StringComparison.Ordinal);
        Assert.Equal(artefact.Card, File.ReadAllText(At("own.scorer.md")));
        Assert.StartsWith("Trained 2026-03-04 on 500 labelled prompts, seed 1.", artefact.Card, StringComparison.Ordinal);
        Assert.Contains("| rows | 500 |", artefact.Card, StringComparison.Ordinal);
        Assert.Matches(@"\| trained \| 0\.\d{3} \(0\.\d{3} to \d\.\d{3}\) \| \d+ % \| \d+ % \|", artefact.Card);
        Assert.Contains("| chance | 0.500 (0.500 to 0.500) | 50 % | 80 % |", artefact.Card, StringComparison.Ordinal);
        Assert.Contains("| prompt length |", artefact.Card, StringComparison.Ordinal);
        Assert.Contains("Better than all of these", result.Text, StringComparison.Ordinal);
        Assert.Contains($"artefact: {At("own.scorer")}", result.Text, StringComparison.Ordinal);
        var scorer = new LearnedScorer(artefact);
        Assert.True(ScoreOf(scorer, "seven old quiet river walk open") > ScoreOf(scorer, "seven old quiet bread walk open"));
    }

    [Fact]
    public void The_same_rows_seed_and_day_give_the_same_bytes_and_another_day_changes_the_card_alone()
    {
        Write("rows.jsonl", Rows(420));
        Run("one.scorer");
        _time.Advance(TimeSpan.FromHours(1));
        Run("two.scorer");
        _time.Advance(TimeSpan.FromDays(1));
        Run("three.scorer");

        Assert.Equal(File.ReadAllBytes(At("one.scorer")), File.ReadAllBytes(At("two.scorer")));
        var (one, three) = (ArtefactFile.Read(At("one.scorer")).Artefact!, ArtefactFile.Read(At("three.scorer")).Artefact!);
        Assert.Equal(one.Card.Replace("2026-03-04", "2026-03-05", StringComparison.Ordinal), three.Card);
        Assert.Equal(ArtefactFormat.Write(one), ArtefactFormat.Write(three with { Card = one.Card }));
    }

    [Fact]
    public void Rows_that_bring_nothing_to_choose_between_are_refused()
    {
        Write("rows.jsonl", Rows(420).Select(row => row.Replace("\"weak_score\":0", "\"weak_score\":1", StringComparison.Ordinal)));
        var result = Run("own.scorer");
        Assert.Equal(TrainStep.Read, result.Step);
        Assert.Contains("both models are equally good", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_questions_are_refused_with_how_many_are_needed_and_why()
    {
        // Each question twice: 600 rows, and no more than 300 questions.
        Write("rows.jsonl", [.. Rows(300, "g"), .. Rows(300, "g"), "not JSON", """{"weak_score":1}"""]);
        var result = Run("own.scorer");
        Assert.Equal(TrainStep.Read, result.Step);
        Assert.Contains("holds 300 questions, rows of one group counted once, and 400 are needed: with fewer nothing could tell", result.Text, StringComparison.Ordinal);
        Assert.EndsWith("; lines passed over, no labelled prompts: 2", result.Text, StringComparison.Ordinal);
        Assert.False(File.Exists(At("own.scorer")));
    }

    [Fact]
    public void What_cannot_be_read_or_written_is_said()
    {
        Write("empty.jsonl", []);
        Assert.Contains("holds no row with messages, weak_score and strong_score", Run("own.scorer").Text, StringComparison.Ordinal);
        var missing = TrainCommand.Run(At("nowhere.jsonl"), At("own.scorer"), 1, _time);
        Assert.Equal(TrainStep.Read, missing.Step);
        Assert.Contains("nowhere.jsonl", missing.Text, StringComparison.Ordinal);
        Write("torn.jsonl.gz", ["not gzipped"]);
        Assert.Equal(TrainStep.Read, TrainCommand.Run(At("torn.jsonl.gz"), At("own.scorer"), 1, _time).Step);
        File.Delete(At("torn.jsonl.gz"));
        Write("rows.jsonl", Rows(420));
        Assert.Equal(TrainStep.Write, Run("no/such/folder.scorer").Step);
    }

    [Fact]
    public void A_prompt_is_read_as_the_gateway_would_read_it_out_of_a_request()
    {
        const string Row = """
            {"id":"x","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"Größe?"}]}],
            "tools":[{"type":"function","function":{"name":"größe"}}],"weak_score":0.5,"strong_score":1,"alt_weak":{"a":0,"b":1}}
            """;
        using var json = JsonDocument.Parse(Row);
        var prompt = LabelledPromptReader.Read(json.RootElement, new CalibrationLine("/data/own.jsonl.gz", 3, Row))!;
        Assert.Equal("Größe?", Encoding.UTF8.GetString(prompt.Ask));
        Assert.Contains("größe", Encoding.UTF8.GetString(prompt.ToolsJson), StringComparison.Ordinal);
        Assert.Equal(("x", "own", "x", 0.5, 0.5), (prompt.Id, prompt.Source, prompt.Group, prompt.Gain, prompt.OtherWeak));
    }

    private TrainResult Run(string file) => TrainCommand.Run(_folder.FullName, At(file), 1, _time);

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private void Write(string name, IEnumerable<string> lines) => File.WriteAllLines(At(name), lines);

    private static double ScoreOf(LearnedScorer scorer, string ask) => scorer.Score(new Prompt { Ask = Encoding.UTF8.GetBytes(ask), UserTurns = 1 }).Value;

    /// <summary>Prompts that speak of rivers gain, those that speak of bread do not.</summary>
    private static IEnumerable<string> Rows(int count, string? group = null)
    {
        var chance = new Random(1);
        string[] filler = ["old", "blue", "quiet", "seven", "open", "walk", "table", "green", "often", "city"];
        for (var i = 0; i < count; i++)
        {
            var gains = chance.Next(2) == 0;
            var words = Enumerable.Range(0, 12).Select(_ => filler[chance.Next(filler.Length)]).Append(gains ? "river" : "bread").ToArray();
            chance.Shuffle(words);
            var content = string.Join(' ', words);
            yield return JsonSerializer.Serialize(new
            {
                group = group is null ? null : $"{group}{i}",
                messages = new[] { new { role = "user", content } },
                weak_score = gains ? 0 : 1,
                strong_score = 1,
            });
        }
    }
}
