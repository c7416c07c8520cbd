using System.Net;

namespace Gateway.EndToEnd.Processes;

/// <summary>The gateway as an operator runs it: its own process, a <c>gateway.yaml</c>, two ports, signals.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    /// <summary>A port that was free may be taken a moment later by another process.</summary>
    private const int Tries = 3;

    private readonly DirectoryInfo _folder;
    private readonly RunningProgram _program;

    private GatewayProcess(DirectoryInfo folder, RunningProgram program, Uri address, Uri admin)
    {
        (_folder, _program, Address, Admin) = (folder, program, address, admin);
        Client = NewCaller();
        AdminClient = NewClient(admin);
    }

    public Uri Address { get; }

    public Uri Admin { get; }

    /// <summary>A caller that keeps its connections.</summary>
    public HttpClient Client { get; }

    public HttpClient AdminClient { get; }

    /// <summary>The folder it was started in, which holds its file.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Everything it has written.</summary>
    public string Log => _program.Out + _program.Errors;

    /// <summary>Starts a gateway and waits until it is ready.</summary>
    /// <param name="rest">The file's sections other than <c>server</c>.</param>
    /// <param name="server">Members of <c>server</c> other than the two addresses.</param>
    /// <param name="write">Puts the file's text into the folder and returns the path to serve; null for <c>gateway.yaml</c>.</param>
    public static async Task<GatewayProcess> StartAsync(
        string rest, string server = "drain: 5s", Func<DirectoryInfo, string, string>? write = null)
    {
        for (var i = 1; ; i++)
        {
            var gateway = Launch(rest, server, write ?? WriteFile);
            try
            {
                await Eventually.IsTrueAsync(async () => gateway._program.HasExited || await gateway.ReadinessAsync() == HttpStatusCode.OK);
                if (!gateway._program.HasExited)
                    return gateway;
                if (i == Tries || !gateway.Log.Contains("address already in use", StringComparison.Ordinal))
                    throw new InvalidOperationException($"the gateway ended at once:\n{gateway.Log}");
                await gateway.DisposeAsync();
            }
            catch
            {
                await gateway.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>A caller that has no connection yet.</summary>
    public HttpClient NewCaller() => NewClient(Address);

    /// <summary>The text of the file, with the addresses this gateway listens on.</summary>
    public string File(string rest, string server = "drain: 5s") => FileText(Address, Admin, rest, server);

    /// <summary>Writes <c>gateway.yaml</c> anew.</summary>
    public void Rewrite(string text) => WriteFile(_folder, text);

    /// <summary>What <c>/readyz</c> says; null when nobody listens.</summary>
    public async Task<HttpStatusCode?> ReadinessAsync()
    {
        try
        {
            using var response = await AdminClient.GetAsync("readyz");
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>A counter on <c>/metrics</c>; 0 while it is not there.</summary>
    public async Task<double> MetricAsync(string name)
    {
        var lines = (await AdminClient.GetStringAsync("metrics")).Split('\n');
        var line = lines.FirstOrDefault(line => line.StartsWith(name + " ", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[name.Length..]);
    }

    /// <summary>SIGTERM.</summary>
    public void Terminate() => _program.Terminate();

    /// <summary>Waits for the process to end.</summary>
    public Task<int> ExitAsync() => _program.ExitAsync(TimeSpan.FromSeconds(60));

    /// <summary>SIGKILL, if it has not ended.</summary>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        AdminClient.Dispose();
        await _program.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static HttpClient NewClient(Uri address) =>
        new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };

    private static GatewayProcess Launch(string rest, string server, Func<DirectoryInfo, string, string> write)
    {
        var folder = Directory.CreateTempSubdirectory("gateway-");
        var (address, admin) = (new Uri($"http://127.0.0.1:{FreePort.Next()}"), new Uri($"http://127.0.0.1:{FreePort.Next()}"));
        var path = write(folder, FileText(address, admin, rest, server));
        return new GatewayProcess(folder, RunningProgram.Start("dotnet", [Places.Gateway, "serve", path], folder.FullName), address, admin);
    }

    private static string FileText(Uri address, Uri admin, string rest, string server) =>
        $"server: {{ listen: \"{address}\", admin: \"{admin}\", {server} }}\n{rest}";

    private static string WriteFile(DirectoryInfo folder, string text)
    {
        var path = Path.Combine(folder.FullName, "gateway.yaml");
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
