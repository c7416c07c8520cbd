using Gateway.EndToEnd.Processes;

namespace Gateway.EndToEnd.CommandLine;

/// <summary>The commands that end by themselves, and what their exit codes say.</summary>
public sealed class CommandLineTests : IDisposable
{
    private const int WrongUsage = 64;
    private const int NoInput = 66;
    private const int BadConfiguration = 78;

    private const string Broken = """
        pools:
          slm:
            model: Qwen/Qwen3-8B
            replicas: [ftp://10.0.1.4:8000]
            ballancing: least_busy
            timeouts: { idle: 30 }
        models:
          auto: { pool: llm }
        rules:
          - { name: r, use: slm, when: request.modle == "a" }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Check_prints_what_the_example_would_do()
    {
        var example = Path.Combine(Places.Root, "gateway.example.yaml");
        var finished = await RunAsync(new Dictionary<string, string?> { ["OVERFLOW_API_KEY"] = "sk-quite-secret" }, "check", example);
        Assert.Equal(0, finished.Code);
        Assert.Empty(finished.Errors);
        Assert.Contains("slm: Qwen/Qwen3-8B, 2 replicas, cost", finished.Out, StringComparison.Ordinal);
        Assert.Contains("llm: zai-org/GLM-5-FP8", finished.Out, StringComparison.Ordinal);
        Assert.Contains("key        set, not shown", finished.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-quite-secret", finished.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_names_a_variable_that_is_not_set()
    {
        var example = Path.Combine(Places.Root, "gateway.example.yaml");
        var finished = await RunAsync(new Dictionary<string, string?> { ["OVERFLOW_API_KEY"] = null }, "check", example);
        Assert.Equal(BadConfiguration, finished.Code);
        Assert.Contains("OVERFLOW_API_KEY", finished.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("serve")]
    public async Task A_broken_file_is_refused_with_every_error_and_its_place(string command)
    {
        var path = Path.Combine(_folder.FullName, "broken.yaml");
        await File.WriteAllTextAsync(path, Broken);
        var finished = await RunAsync(command, path);
        Assert.Equal(BadConfiguration, finished.Code);
        Assert.Empty(finished.Out);
        Assert.Collection(
            finished.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            line => Assert.StartsWith($"{path}:10:40: rules[0].when: unknown name 'request.modle'", line, StringComparison.Ordinal),
            line => Assert.StartsWith($"{path}:4:16: pools.slm.replicas[0]: ", line, StringComparison.Ordinal),
            line => Assert.StartsWith($"{path}:5:5: pools.slm.ballancing: ", line, StringComparison.Ordinal),
            line => Assert.StartsWith($"{path}:6:23: pools.slm.timeouts.idle: ", line, StringComparison.Ordinal),
            line => Assert.StartsWith($"{path}:8:17: models.auto.pool: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_refused()
    {
        var finished = await RunAsync("serve", "nowhere.yaml");
        Assert.Equal(BadConfiguration, finished.Code);
        Assert.Equal("nowhere.yaml:1:1: the file \"nowhere.yaml\" cannot be read: it does not exist\n", finished.Errors);
    }

    [Fact]
    public async Task Explain_tells_the_score_and_the_plan_without_a_file()
    {
        var finished = await RunAsync(
            "explain", "Implement a lock-free queue in Python, with tests that find a lost update, and explain each step.");
        Assert.Equal(0, finished.Code);
        Assert.Matches(@"(?m)^complexity 0\.\d{3} \(learned\)$", finished.Out);
        Assert.Matches(@"(?m)^auto: llm -> slm  \(complexity 0\.\d+", finished.Out);
        Assert.Matches("(?m)^qwen3-8b: slm", finished.Out);
    }

    [Fact]
    public async Task Training_without_rows_is_refused()
    {
        var finished = await RunAsync("train", "nowhere.jsonl", "--out", "own.scorer", "--seed", "2");
        Assert.Equal(NoInput, finished.Code);
        Assert.Contains("nowhere.jsonl", finished.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_prints_the_committed_one()
    {
        var finished = await RunAsync("schema");
        Assert.Equal(0, finished.Code);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Places.Root, "docs/gateway.schema.json")), finished.Out);
    }

    [Theory]
    [InlineData("srve")]
    [InlineData("check", "a.yaml", "b.yaml")]
    [InlineData("train", "rows.jsonl")]
    [InlineData("train", "rows.jsonl", "--out", "own.scorer", "--seed", "one")]
    [InlineData("--demo", "--listen", "ftp://127.0.0.1:1", "--admin", "http://127.0.0.1:0")]
    public async Task What_is_not_understood_is_answered_with_the_help(params string[] arguments)
    {
        var finished = await RunAsync(arguments);
        Assert.Equal(WrongUsage, finished.Code);
        Assert.Empty(finished.Out);
        Assert.StartsWith($"gateway: not understood: {string.Join(' ', arguments)}\n", finished.Errors, StringComparison.Ordinal);
        Assert.Contains("gateway check [FILE]", finished.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_and_version_are_printed()
    {
        Assert.Contains("gateway serve [FILE]", (await RunAsync("--help")).Out, StringComparison.Ordinal);
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", (await RunAsync("--version")).Out);
    }

    private Task<Finished> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string?>(), arguments);

    private Task<Finished> RunAsync(Dictionary<string, string?> environment, params string[] arguments) =>
        RunningProgram.RunAsync("dotnet", [Places.Gateway, .. arguments], _folder.FullName, environment);
}
