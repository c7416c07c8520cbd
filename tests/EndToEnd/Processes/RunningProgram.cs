using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Gateway.EndToEnd.Processes;

/// <summary>A process whose output is kept, that takes signals, and that does not outlive its test.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private const int SigTerm = 15;

    private readonly Lock _gate = new();
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _errors = new();
    private readonly Process _process;

    private RunningProgram(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(_out, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Out => Read(_out);

    public string Errors => Read(_errors);

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a program found on the path or at a path.</summary>
    /// <param name="file">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Its working directory; null for the temporary one.</param>
    /// <param name="environment">Variables to set, or with null to take away.</param>
    public static RunningProgram Start(
        string file, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder ?? Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        return new RunningProgram(start);
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<Finished> RunAsync(
        string file, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        await using var program = Start(file, arguments, folder, environment);
        var code = await program.ExitAsync(TimeSpan.FromSeconds(60));
        return new Finished(code, program.Out, program.Errors);
    }

    /// <summary>SIGTERM.</summary>
    public void Terminate() => _ = Kill(_process.Id, SigTerm);

    /// <summary>Waits for the end and returns the exit code.</summary>
    public async Task<int> ExitAsync(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{_process.StartInfo.FileName} has not ended within {within.TotalSeconds:0} s.\n{Out}\n{Errors}");
        }
    }

    /// <summary>SIGKILL, if it has not ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    private void Keep(StringBuilder text, string? line)
    {
        lock (_gate)
            text.Append(line).Append(line is null ? "" : "\n");
    }

    private string Read(StringBuilder text)
    {
        lock (_gate)
            return text.ToString();
    }
}
