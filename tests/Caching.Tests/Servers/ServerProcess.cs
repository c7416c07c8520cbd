using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Gateway.Caching.Tests.Servers;

/// <summary>A real server in a process of its own, with a folder of its own, that can be stopped in its tracks, killed and started again.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int SigStop = 19;
    private const int SigContinue = 18;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-server-");
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Func<string, ProcessStartInfo> _command;
    private readonly Func<string, bool> _isReady;
    private Process? _process;

    private ServerProcess(Func<string, ProcessStartInfo> command, Func<string, bool> isReady) => (_command, _isReady) = (command, isReady);

    /// <summary>Starts a server and waits until it says that it is ready.</summary>
    /// <param name="command">What to start, given the folder that it may write into.</param>
    /// <param name="isReady">Whether a line it writes says so.</param>
    public static async Task<ServerProcess> StartAsync(Func<string, ProcessStartInfo> command, Func<string, bool> isReady)
    {
        var server = new ServerProcess(command, isReady);
        await server.StartAsync();
        return server;
    }

    public async Task StartAsync()
    {
        // A server that gives up root's rights writes here all the same.
        File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0x1FF);
        var start = _command(_folder.FullName);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        _process = new Process { StartInfo = start };
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var ended = _process.WaitForExitAsync();
        if (await Task.WhenAny(ready.Task, ended).WaitAsync(TimeSpan.FromSeconds(60)) == ended)
            throw new InvalidOperationException($"{start.FileName} ended at once:\n{string.Join('\n', _lines)}");

        void Read(string? line)
        {
            if (line is null)
                return;
            _lines.Enqueue(line);
            if (_isReady(line))
                ready.TrySetResult();
        }
    }

    /// <summary>SIGSTOP: its connections stay open and nothing comes.</summary>
    public void Freeze() => Signal(SigStop);

    /// <summary>SIGCONT.</summary>
    public void Thaw() => Signal(SigContinue);

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>A port on loopback that nothing listens on at the moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A program, without root's rights where the tests have them.</summary>
    public static ProcessStartInfo Unprivileged(string file, params string[] arguments) =>
        Environment.IsPrivilegedProcess && File.Exists("/usr/bin/setpriv")
            ? new ProcessStartInfo("/usr/bin/setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", file, .. arguments])
            : new ProcessStartInfo(file, arguments);

    /// <summary>A file that <c>tests/fetch</c> brings.</summary>
    /// <param name="path">Its path in the repository.</param>
    /// <exception cref="InvalidOperationException">It is not there.</exception>
    public static string Fetched(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Gateway.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("no Gateway.sln above the tests: they run from their build output");
        var whole = Path.Combine(folder.FullName, path);
        return File.Exists(whole) ? whole : throw new InvalidOperationException($"no {path}; run tests/fetch, which brings it");
    }

    private void Signal(int signal)
    {
        if (Kill(_process!.Id, signal) != 0)
            throw new InvalidOperationException($"signal {signal} was not delivered: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int process, int signal);
}
