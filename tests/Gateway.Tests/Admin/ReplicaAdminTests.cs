using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gateway.Routing.Health;
using Gateway.Simulator;
using Gateway.Tests.Running;

namespace Gateway.Tests.Admin;

public sealed class ReplicaAdminTests : IAsyncLifetime
{
    private GatewayApplication _gateway = null!;
    private HttpClient _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayApplication.StartAsync(pool: pool => pool with { Balancing = "round_robin" });
        _admin = new HttpClient { BaseAddress = _gateway.Admin };
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task All_replicas_are_listed_with_what_is_known_of_them()
    {
        var known = _gateway.Replica(_gateway.Llm[0]);
        known.Load = new ReplicaLoad(3, 2, 0.5, 0);
        known.Capabilities = new ReplicaCapabilities { Models = ["a", "b"], ContextTokens = 1000, Continues = true };
        var replicas = await ListAsync();
        Assert.Equal(["llm", "slm", "slm"], replicas.Select(one => one.GetProperty("pool").GetString()));
        Assert.All(replicas, one => Assert.Equal("available", one.GetProperty("state").GetString()));
        Assert.Equal(known.Name, replicas[0].GetProperty("id").GetString());
        Assert.Equal((3, 2, 0.5), (Number("load", "running"), Number("load", "waiting"), Number("load", "kv_use")));
        Assert.Equal(1000, Number("capabilities", "context_tokens"));
        Assert.Equal("""["a","b"]""", JsonSerializer.Serialize(replicas[0].GetProperty("capabilities").GetProperty("models")));
        Assert.False(replicas[1].TryGetProperty("notice", out _));

        double Number(string part, string field) => replicas[0].GetProperty(part).GetProperty(field).GetDouble();
    }

    [Fact]
    public async Task A_drained_replica_gets_nothing_new_until_it_is_undrained()
    {
        var (drained, other) = (_gateway.Slm[0].Address.Authority, _gateway.Slm[1].Address.Authority);
        for (var i = 0; i < 2; i++)
        {
            using var response = await _admin.PostAsync($"admin/replicas/{drained}/drain", new StringContent("""{"reason":"spot","seconds":120}"""));
            var said = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("replicas")[0];
            Assert.Equal((HttpStatusCode.OK, "draining"), (response.StatusCode, said.GetProperty("state").GetString()));
            Assert.Equal("spot", said.GetProperty("notice").GetProperty("reason").GetString());
            Assert.InRange(said.GetProperty("notice").GetProperty("seconds_left").GetDouble(), 110, 120);
        }

        Assert.Single(_gateway.Log.Lines, line => line.Contains($"replica {drained} of pool slm drains (spot)", StringComparison.Ordinal));
        for (var i = 0; i < 4; i++)
            Assert.Equal(other, await AskAsync());

        for (var i = 0; i < 2; i++)
        {
            using var response = await _admin.DeleteAsync($"admin/replicas/{drained}/drain");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        await CallerTests.UntilAsync(() => AskAsync().GetAwaiter().GetResult() == drained);
        Assert.Single(_gateway.Log.Lines, line => line.Contains($"replica {drained} of pool slm drains no more", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_alone_stands_for_all_that_serve_there()
    {
        using var response = await _admin.PostAsync("admin/replicas/127.0.0.1/drain", null);
        Assert.Equal(3, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("replicas").GetArrayLength());
        Assert.All(await ListAsync(), one => Assert.Equal("operator", one.GetProperty("notice").GetProperty("reason").GetString()));
        // Nobody else is left, and they still answer.
        using var answer = await _gateway.ChatAsync(Ask.Chat(model: "small"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task An_unknown_replica_is_answered_with_those_known()
    {
        using var response = await _admin.PostAsync("admin/replicas/10.9.9.9:1/drain", null);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var text = await response.Content.ReadAsStringAsync();
        Assert.All(_gateway.Slm.Concat(_gateway.Llm), replica => Assert.Contains(replica.Address.Authority, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"seconds":-1}""", "seconds is no number from 0")]
    [InlineData("""{"reason":7}""", "reason is no text of 1")]
    [InlineData("""{"why":"spot"}""", "unknown field \"why\"")]
    [InlineData("[]", "not an object")]
    [InlineData("{", "not JSON")]
    public async Task A_body_that_cannot_be_read_drains_nothing(string body, string wrong)
    {
        using var response = await _admin.PostAsync($"admin/replicas/{_gateway.Slm[0].Address.Authority}/drain", new StringContent(body));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(wrong, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(_gateway.Replica(_gateway.Slm[0]).Notice);
    }

    [Fact]
    public async Task Other_methods_and_the_callers_port_drain_nothing()
    {
        var path = $"admin/replicas/{_gateway.Slm[0].Address.Authority}/drain";
        using var got = await _admin.GetAsync(path);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, got.StatusCode);
        Assert.Equal(["POST", "DELETE"], got.Content.Headers.Allow);
        using var list = await _admin.PostAsync("admin/replicas", null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, list.StatusCode);
        using var caller = await _gateway.Client.PostAsync(path, null);
        Assert.Equal(HttpStatusCode.NotFound, caller.StatusCode);
        Assert.Null(_gateway.Replica(_gateway.Slm[0]).Notice);
    }

    [Fact]
    public async Task A_replica_that_aborted_is_not_let_back_by_its_health_alone()
    {
        _gateway.Slm[0].Faults.Always = Fault.AbortAfter(0);
        for (var i = 0; i < 4; i++)
            Assert.Equal(_gateway.Slm[1].Address.Authority, await AskAsync());
        var aborted = _gateway.Replica(_gateway.Slm[0]);
        Assert.Equal(ReplicaState.Ejected, aborted.State);
        aborted.Probed(false);
        aborted.Probed(true);
        Assert.Equal(ReplicaState.Ejected, aborted.State);
    }

    private async Task<string> AskAsync()
    {
        using var answer = await _gateway.ChatAsync(Ask.Chat(model: "small"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return ChatTests.Header(answer, "x-gateway-replica");
    }

    private async Task<List<JsonElement>> ListAsync() =>
        [.. (await _admin.GetFromJsonAsync<JsonElement>("admin/replicas")).GetProperty("replicas").EnumerateArray()];
}
