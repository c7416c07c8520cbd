using System.Net;
using System.Net.Sockets;
using Gateway.EndToEnd.Processes;

namespace Gateway.EndToEnd.CommandLine;

/// <summary>Addresses that cannot be listened on.</summary>
public sealed class ListenerTests : IDisposable
{
    private const string Pool = "pools: { slm: { model: m, replicas: [\"http://127.0.0.1:9\"] } }\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_port_in_use_is_one_clear_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";
        var finished = await ServeAsync(taken);
        Assert.NotEqual(0, finished.Code);
        Assert.Equal($"gateway: Failed to bind to address {taken}: address already in use.\n", finished.Errors);
    }

    /// <summary>192.0.2.0/24 is kept for documentation (RFC 5737): no machine has an address in it.</summary>
    [Fact]
    public async Task An_address_of_another_machine_is_one_clear_line()
    {
        var finished = await ServeAsync("http://192.0.2.1:8080");
        Assert.NotEqual(0, finished.Code);
        Assert.Matches(@"^gateway: [^\n]*192\.0\.2\.1[^\n]*\n$", finished.Errors);
    }

    private async Task<Finished> ServeAsync(string listen)
    {
        var path = Path.Combine(_folder.FullName, "gateway.yaml");
        await File.WriteAllTextAsync(path, $"server: {{ listen: \"{listen}\", admin: \"http://127.0.0.1:0\" }}\n{Pool}");
        return await RunningProgram.RunAsync("dotnet", [Places.Gateway, "serve", path], _folder.FullName);
    }
}
