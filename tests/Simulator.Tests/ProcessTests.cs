using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Gateway.Simulator.Tests;

/// <summary>The simulator as a process of its own.</summary>
public sealed class ProcessTests
{
    private const int SigTerm = 15;

    [Fact]
    public async Task Announces_its_address_and_leaves_on_SIGTERM()
    {
        using var process = Start("--port", "0", "--model", "m", "--preset=paced", "--shutdown-timeout", "20");
        var line = await process.StandardOutput.ReadLineAsync();
        Assert.Matches("^Simulated m listening on http://127.0.0.1:[0-9]+/$", line);
        using var http = new HttpClient { BaseAddress = new Uri(line![(line!.LastIndexOf(' ') + 1)..]) };
        using var request = new HttpRequestMessage(HttpMethod.Post, Caller.ChatPath)
        {
            Content = new StringContent(Caller.Hello(",\"stream\":true"), System.Text.Encoding.UTF8, "application/json"),
        };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(0, Kill(process.Id, SigTerm));
        Assert.Contains("\"finish_reason\":\"stop\"", await response.Content.ReadAsStringAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        await process.WaitForExitAsync(patience.Token);
        Assert.Equal(0, process.ExitCode);
    }

    [Theory]
    [InlineData("--help", 0, "--shutdown-timeout")]
    [InlineData("--fault nonsense --port many --colour", 2, "--colour is not known")]
    public async Task Explains_itself(string arguments, int exit, string expected)
    {
        using var process = Start(arguments.Split(' '));
        var text = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Contains(expected, text);
        Assert.Contains("cut-after=N", text);
        Assert.Equal(exit, process.ExitCode);
    }

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(SimulatedReplica).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
