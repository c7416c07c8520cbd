using System.Net;
using System.Text;
using System.Text.Json;
using Gateway.EndToEnd.Calls;
using Gateway.EndToEnd.Processes;
using Gateway.Simulator;

namespace Gateway.EndToEnd.Agents;

/// <summary>What coding agents send passes, and arrives as it was written but for the model and the question for usage.</summary>
public sealed class AgentTests : IAsyncLifetime
{
    private const string Asked = "\"openai\\/chat\"";

    private SimulatedReplica _replica = null!;
    private RecordingServer _other = null!;
    private GatewayProcess _gateway = null!;

    private static string Sent => JsonSerializer.Serialize(GatewayYaml.Served);

    public async ValueTask InitializeAsync()
    {
        _replica = await Replicas.InstantAsync();
        _other = new RecordingServer();
        var other = GatewayYaml.Pool([_other.Address], name: "other").Replace("pools:\n", "", StringComparison.Ordinal);
        // Whether a stream's running usage is asked for too depends on what the replica has been found to do by then.
        const string plain = "resume: { enabled: false }\n";
        var models = plain + "models: { chat: { pool: chat }, other: { pool: other } }\naliases: { \"openai/chat\": chat }\n";
        _gateway = await GatewayProcess.StartAsync(GatewayYaml.Pool([_replica]) + other + models);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _replica.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public Task Cline_passes() => PassesAsync(AgentBodies.Cline(Asked), AgentBodies.Cline(Sent));

    [Fact]
    public Task OpenCode_passes() => PassesAsync(AgentBodies.OpenCode(Asked), AgentBodies.OpenCode(Sent));

    [Fact]
    public Task Continue_passes() => PassesAsync(AgentBodies.Continue(Asked), AgentBodies.Continue(Sent));

    [Fact]
    public Task A_stream_that_does_not_ask_for_usage_has_it_asked_for()
    {
        var sent = AgentBodies.StreamHelper(Sent);
        return PassesAsync(AgentBodies.StreamHelper(Asked), sent[..^1] + ",\"stream_options\":{\"include_usage\":true}}");
    }

    [Theory]
    [InlineData("v1/responses")]
    [InlineData("v1/messages?beta=true")]
    public async Task Codex_and_Claude_Code_pass_through(string path)
    {
        Func<string, string> body = path == "v1/responses" ? AgentBodies.Codex : AgentBodies.ClaudeCode;
        using var response = await Ask.PostAsync(_gateway.Client, body("\"other\""), path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(RecordingServer.Answer, await response.Content.ReadAsByteArrayAsync());
        // Beside it the gateway asks what the server can do.
        var plain = "/" + path.Split('?')[0];
        var (target, received) = Assert.Single(_other.Received, request => request.Target.StartsWith(plain, StringComparison.Ordinal));
        // The query may hold a key, and no upstream of ours reads one.
        Assert.Equal(plain, target);
        Assert.Equal(body(Sent), Encoding.UTF8.GetString(received));
        Assert.InRange(received.Length, 20_000, 60_000);
    }

    private async Task PassesAsync(string asked, string expected)
    {
        using var response = await Ask.PostAsync(_gateway.Client, asked);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await response.Content.ReadAsByteArrayAsync();
        var received = Encoding.UTF8.GetString(Assert.Single(_replica.Chats()).Body.Span);
        Assert.Equal(expected, received);
        Assert.InRange(asked.Length, 15_000, 60_000);
    }
}
