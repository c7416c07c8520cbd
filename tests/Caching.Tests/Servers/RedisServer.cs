using System.Diagnostics;
using Gateway.Caching.Stores.Redis;

namespace Gateway.Caching.Tests.Servers;

/// <summary>A real Redis on a free loopback port: the machine's (7 where it is Debian 12), or the 8 that <c>tests/fetch</c> unpacks.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private const string Unpacked = "tests/Caching.Tests/servers/redis8";

    private readonly int _port;
    private readonly ServerProcess _process;
    private static int _prefixes;

    private RedisServer(int port, ServerProcess process) => (_port, _process) = (port, process);

    public ServerProcess Process => _process;

    /// <summary>The server, with a prefix that nobody else uses.</summary>
    public RedisSettings Settings() => new($"127.0.0.1:{_port}", Prefix: $"test{Interlocked.Increment(ref _prefixes)}");

    /// <summary>Redis 7, which has no vector sets; on a newer machine a newer one.</summary>
    public static Task<RedisServer> InstalledAsync()
    {
        const string Program = "/usr/bin/redis-server";
        return File.Exists(Program)
            ? StartAsync(arguments => ServerProcess.Unprivileged(Program, arguments))
            : throw new InvalidOperationException($"no {Program}; run tests/fetch, which installs it");
    }

    /// <summary>Redis 8, which has.</summary>
    public static Task<RedisServer> WithVectorSetsAsync()
    {
        var program = ServerProcess.Fetched($"{Unpacked}/bin/redis-server");
        var loader = ServerProcess.Fetched($"{Unpacked}/lib64/ld-linux-x86-64.so.2");
        var libraries = Path.GetFullPath(Path.Combine(program, "../../lib/x86_64-linux-gnu"));
        return StartAsync(arguments => ServerProcess.Unprivileged(
            loader, ["--argv0", "redis-server", "--library-path", libraries, program, .. arguments]));
    }

    /// <summary>A link that has its connection: a busy machine may take longer to make one than the first call waits.</summary>
    public static async Task<RedisLink> ConnectedAsync(RedisSettings settings)
    {
        var link = new RedisLink(settings);
        var connections = (await link.DatabaseAsync()).Multiplexer;
        for (var i = 0; i < 3000 && !connections.IsConnected; i++)
            await Task.Delay(20);
        return link;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<RedisServer> StartAsync(Func<string[], ProcessStartInfo> program)
    {
        var port = ServerProcess.FreePort();
        var process = await ServerProcess.StartAsync(
            folder => program(
                ["--bind", "127.0.0.1", "--port", $"{port}", "--dir", folder, "--save", "", "--appendonly", "yes", "--appendfsync", "always"]),
            line => line.Contains("Ready to accept connections", StringComparison.Ordinal));
        return new RedisServer(port, process);
    }
}
