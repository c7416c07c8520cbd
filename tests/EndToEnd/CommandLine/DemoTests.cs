using System.Text.RegularExpressions;
using Gateway.EndToEnd.Processes;

namespace Gateway.EndToEnd.CommandLine;

/// <summary>The first thing anybody does with the gateway.</summary>
public sealed partial class DemoTests : IAsyncLifetime
{
    private static readonly string[] Arguments = ["--demo", "--listen", "http://127.0.0.1:0", "--admin", "http://127.0.0.1:0"];

    private RunningProgram _demo = null!;

    public async ValueTask InitializeAsync()
    {
        _demo = RunningProgram.Start("dotnet", [Places.Gateway, .. Arguments]);
        await Eventually.IsTrueAsync(() => _demo.HasExited || _demo.Out.Contains("Ctrl+C", StringComparison.Ordinal));
        Assert.False(_demo.HasExited, _demo.Errors);
    }

    public ValueTask DisposeAsync() => _demo.DisposeAsync();

    [Fact]
    public async Task The_printed_curl_lines_do_what_is_said_of_them()
    {
        var commands = Command().Matches(_demo.Out).Select(match => match.Value).ToList();
        Assert.Equal(4, commands.Count);
        var (easy, hard) = (await RunAsync(commands[0]), await RunAsync(commands[1]));
        var (personal, models) = (await RunAsync(commands[2]), await RunAsync(commands[3]));
        Assert.Contains("\nx-gateway-pool: slm\n", easy, StringComparison.Ordinal);
        Assert.Contains("\"finish_reason\":\"stop\"", easy, StringComparison.Ordinal);
        Assert.Contains("\nx-gateway-pool: llm\n", hard, StringComparison.Ordinal);
        Assert.Contains("\ndata: [DONE]\n", hard, StringComparison.Ordinal);
        Assert.Contains("\nx-gateway-guard: input: secrets passed; pii redacted card 1, email 1; injection passed; output: secrets passed\n", personal, StringComparison.Ordinal);
        Assert.Contains("\"id\":\"auto\"", models, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_is_where_it_says()
    {
        var admin = Admin().Match(_demo.Out).Groups[1].Value;
        var health = await RunAsync($"curl -s --retry 10 --retry-all-errors --fail http://{admin}/readyz");
        Assert.StartsWith("ready\n", health, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_cleanly_when_told_to()
    {
        _demo.Terminate();
        Assert.Equal(0, await _demo.ExitAsync(TimeSpan.FromSeconds(30)));
        Assert.Empty(_demo.Errors);
    }

    private static async Task<string> RunAsync(string command)
    {
        var noProxy = new Dictionary<string, string?> { ["no_proxy"] = "*" };
        var finished = await RunningProgram.RunAsync("bash", ["-c", command], environment: noProxy);
        Assert.True(finished.Code == 0, finished.Errors);
        return finished.Out.Replace("\r", "", StringComparison.Ordinal);
    }

    /// <summary>A command runs to the end of its line, or of the next one where it says so.</summary>
    [GeneratedRegex(@"curl (\\\n|[^\n])*")]
    private static partial Regex Command();

    [GeneratedRegex(@"Health and metrics are on (\S+)\.")]
    private static partial Regex Admin();
}
