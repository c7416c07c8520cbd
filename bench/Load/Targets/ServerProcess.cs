using System.Diagnostics;

namespace Gateway.Bench.Load.Targets;

/// <summary>A server started for the bench; its output goes to a file without passing through this process.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(30);
    private readonly Process _process;

    private ServerProcess(Process process)
    {
        _process = process;
        AppDomain.CurrentDomain.ProcessExit += Kill;
    }

    /// <summary>Process id, the root of the server's process tree.</summary>
    public int Id => _process.Id;

    /// <summary>Starts it and waits until <paramref name="ready"/> answers 200.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <param name="logFile">Where its output goes.</param>
    /// <param name="ready">Asked until it answers.</param>
    /// <exception cref="TargetFailedException">It ended, or was not ready within 30 s.</exception>
    public static async Task<ServerProcess> StartAsync(IReadOnlyList<string> command, string logFile, Uri ready)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(logFile)!);

        // exec: the shell only redirects and is then replaced, so the process id is the server's.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "log=$1; shift; exec \"$@\" > \"$log\" 2>&1", "sh", logFile, .. command]);
        Scrub(start.Environment);
        var server = new ServerProcess(Process.Start(start)!);
        try
        {
            await server.WaitReadyAsync(ready, logFile);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it and its children at once: nothing it holds is worth keeping.</summary>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= Kill;
        Kill(this, EventArgs.Empty);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // Also when the bench itself is told to end: no server may stay behind.
    private void Kill(object? sender, EventArgs e) => _process.Kill(entireProcessTree: true);

    // Everyone runs with the runtime's defaults, whatever the shell of the bench says.
    private static void Scrub(IDictionary<string, string?> environment)
    {
        var inherited = environment.Keys.Where(name =>
            name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)
            || (name.StartsWith("DOTNET_", StringComparison.Ordinal) && name != "DOTNET_ROOT")
            || name.StartsWith("COMPlus_", StringComparison.Ordinal));
        foreach (var name in inherited.ToList())
        {
            environment.Remove(name);
        }
    }

    private async Task WaitReadyAsync(Uri ready, string logFile)
    {
        var log = Path.GetRelativePath(Environment.CurrentDirectory, logFile);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(1) };
        var time = TimeProvider.System;
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < ReadyLimit; await Task.Delay(50))
        {
            if (_process.HasExited)
            {
                throw new TargetFailedException($"it ended with {_process.ExitCode}; its output is in {log}");
            }

            try
            {
                using var answer = await client.GetAsync(ready);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // Not listening yet.
            }
        }

        throw new TargetFailedException($"{ready} did not answer 200 within {ReadyLimit.TotalSeconds} s; its output is in {log}");
    }
}
