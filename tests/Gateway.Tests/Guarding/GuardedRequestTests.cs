using System.Net;
using System.Text;
using Gateway.Guardrails;
using Gateway.Simulator;
using Gateway.Tests.Running;

namespace Gateway.Tests.Guarding;

/// <summary>What guards do with requests, from socket to socket.</summary>
public sealed class GuardedRequestTests : IAsyncLifetime
{
    private const string Header = "x-gateway-guard";

    private GatewayApplication _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await GatewayApplication.StartAsync(slm: 1);

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task The_upstream_is_sent_placeholders_and_else_what_the_caller_wrote()
    {
        _gateway.Guard(Policies.Policy(Policies.Step(GuardAction.Redact)));
        const string Said = """{"model":"small",  "messages":[{"role":"user","content":[{"type":"text","text":"I am B\u006fb,\n and \"Bob\" 😀"}],"name":"Bob"},{"role":"assistant","content":null,"reasoning":"Bob?","tool_calls":[{"id":"call_1","type":"function","function":{"name":"find","arguments":"{\"who\":\"Bob\"}"}}]},{"role":"tool","tool_call_id":"call_1","content":"Bob: here"}],"tools":[{"type":"function","function":{"name":"find","description":"Finds Bob","parameters":{"type":"object"}}}],"zzz": {"a" : [1.0e+2, "Bob", null] } }""";
        using var response = await _gateway.ChatAsync(Said);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var expected = Said.Replace("B\\u006fb", "Bob", StringComparison.Ordinal).Replace("Bob", "<NAME_1>", StringComparison.Ordinal).Replace("\"small\"", "\"Qwen/Qwen3-8B\"", StringComparison.Ordinal);
        Assert.Equal(expected, Sent().Single());
        Assert.Equal("input: names redacted name 8", ChatTests.Header(response, Header));
    }

    [Fact]
    public async Task A_request_without_findings_is_sent_as_it_came()
    {
        _gateway.Guard(Policies.Policy(Policies.Step(GuardAction.Redact), Policies.Step(GuardAction.Block, "Eve", "eves")));
        using var response = await _gateway.ChatAsync(Ask.Chat(model: "small"));
        Assert.Equal(Ask.Chat(model: "Qwen/Qwen3-8B"), Sent().Single());
        Assert.Equal("input: names passed; eves passed", ChatTests.Header(response, Header));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_blocked_reaches_no_upstream(bool stream)
    {
        _gateway.Guard(Policies.Policy(Policies.Step(GuardAction.Block), Policies.Step(GuardAction.Flag, "x", "others")));
        using var response = await _gateway.ChatAsync(
            $$"""{"model":"small","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"hi"},{"role":"tool","content":"secret of Bob"}]}""");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = await ChatTests.ErrorAsync(response);
        Assert.Equal("content_filter", error.GetProperty("code").GetString());
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal("messages[1]", error.GetProperty("param").GetString());
        Assert.Equal("The guard 'names' found name in messages[1], said by tool, and lets this request not pass.", error.GetProperty("message").GetString());
        Assert.Equal("input: names blocked name 1; others not run", ChatTests.Header(response, Header));
        Assert.Empty(Sent());
        var line = await _gateway.Log.RequestAsync();
        Assert.Contains("outcome=refused", line, StringComparison.Ordinal);
        Assert.Contains("guard=input: names blocked name 1; others not run", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Bob", string.Join('\n', _gateway.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_found_elsewhere_is_named_by_its_field()
    {
        _gateway.Guard(Policies.Policy(Policies.Step(GuardAction.Block)));
        using var response = await _gateway.ChatAsync(Ask.Chat(more: "\"documents\":[{\"text\":\"Bob\"}]"));
        var error = await ChatTests.ErrorAsync(response);
        Assert.Equal("documents", error.GetProperty("param").GetString());
        Assert.Contains("the field 'documents'", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_flagged_passes_and_is_told()
    {
        _gateway.Guard(Policies.Policy(Policies.Step(GuardAction.Flag)));
        using var response = await _gateway.ChatAsync(Ask.Chat(ask: "Bob and Bob"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("input: names flagged name 2", ChatTests.Header(response, Header));
        Assert.Contains("Bob and Bob", _gateway.Slm.Concat(_gateway.Llm).SelectMany(replica => replica.Received).Select(Text).Single(text => text.Contains("messages", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 200, "input: names failed open")]
    [InlineData(false, 400, "input: names failed shut")]
    public async Task A_guard_that_fails_is_shut_or_open_as_it_is_told(bool isOpen, int status, string told)
    {
        _gateway.Guard(Policies.Policy(Policies.Step(GuardAction.Redact, failsOpen: isOpen)));
        var direction = $"guard=\"names\",direction=\"input\",mode=\"{(isOpen ? "open" : "shut")}\"";
        var before = await MetricAsync($"gateway_guard_failures_total{{{direction}}}");
        using var response = await _gateway.ChatAsync(Ask.Chat(model: "small", ask: $"{WordGuard.Trap} for Bob"));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(told, ChatTests.Header(response, Header));
        Assert.Equal(isOpen ? 1 : 0, Sent().Count);
        await _gateway.Log.RequestAsync();
        Assert.Contains(_gateway.Log.Lines, line => line.Contains("guard names failed on req-", StringComparison.Ordinal) && line.Contains("InvalidOperationException", StringComparison.Ordinal));
        Assert.DoesNotContain(WordGuard.Trap, string.Join('\n', _gateway.Log.Lines), StringComparison.Ordinal);
        Assert.Equal(before + 1, await MetricAsync($"gateway_guard_failures_total{{{direction}}}"));
        if (!isOpen)
            Assert.Equal("content_filter", (await ChatTests.ErrorAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_remote_guard_without_a_verdict_is_out_of_order()
    {
        _gateway.Guard(Policies.Policy(new GuardStep { Name = "judge", Action = GuardAction.Redact, Remote = new SilentGuard() }));
        using var response = await _gateway.ChatAsync(Ask.Chat());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("guard_unavailable", (await ChatTests.ErrorAsync(response)).GetProperty("code").GetString());
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter!.Delta);
        Assert.Empty(Sent());
    }

    [Fact]
    public async Task Metrics_count_what_guards_did()
    {
        _gateway.Guard(Policies.Policy(Policies.Step(GuardAction.Redact, name: "counted"), Policies.Step(GuardAction.Flag, "none of it", "idle")));
        using var response = await _gateway.ChatAsync(Ask.Chat(ask: "Bob, Bob"));
        await _gateway.Log.RequestAsync();
        Assert.Equal(1, await MetricAsync("gateway_guard_verdicts_total{guard=\"counted\",direction=\"input\",outcome=\"redacted\"}"));
        Assert.Equal(1, await MetricAsync("gateway_guard_verdicts_total{guard=\"idle\",direction=\"input\",outcome=\"passed\"}"));
        Assert.Equal(2, await MetricAsync("gateway_guard_findings_total{guard=\"counted\",direction=\"input\",label=\"name\"}"));
        Assert.Equal(1, await MetricAsync("gateway_guard_seconds_count{guard=\"idle\",direction=\"input\"}"));
    }

    [Fact]
    public async Task Where_nothing_is_inspected_that_is_told_and_without_guards_nothing_is()
    {
        using (var unguarded = await _gateway.ChatAsync(Ask.Chat()))
            Assert.False(unguarded.Headers.Contains(Header));
        _gateway.Guard(GuardPolicy.None);
        using var response = await _gateway.ChatAsync(Ask.Chat(ask: "Bob"));
        Assert.Equal("none", ChatTests.Header(response, Header));
    }

    [Fact]
    public async Task The_attempt_after_a_fault_knows_no_more_than_the_first()
    {
        _gateway.Guard(Policies.Policy(Policies.Step(GuardAction.Redact)));
        _gateway.Slm[0].Faults.Always = Fault.Status(500);
        using var response = await _gateway.ChatAsync(Ask.Chat(ask: "What is Bob's capital?"));
        Assert.Equal("llm", ChatTests.Header(response, "x-gateway-pool"));
        Assert.NotEmpty(Sent());
        Assert.All(_gateway.Llm[0].Received.Select(Text).Concat(Sent()), body => Assert.DoesNotContain("Bob", body, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("v1/completions", """{"model":"small","prompt":"Bob","max_tokens":3}""")]
    [InlineData("v1/embeddings", """{"model":"small","input":"Bob"}""")]
    public async Task Other_routes_are_refused_or_served_and_told(string path, string body)
    {
        _gateway.Guard(Policies.Policy(Policies.Step(GuardAction.Redact)));
        using (var refused = await _gateway.PostAsync(path, body))
        {
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            var error = await ChatTests.ErrorAsync(refused);
            Assert.Equal("guard_not_covered", error.GetProperty("code").GetString());
            Assert.Contains("guardrails.other_routes: pass", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }

        _gateway.Guard(Policies.Policy(Policies.Step(GuardAction.Redact)), passesOtherRoutes: true);
        using (var served = await _gateway.PostAsync(path, body))
        {
            Assert.Equal(HttpStatusCode.OK, served.StatusCode);
            Assert.Equal("not run", ChatTests.Header(served, Header));
        }

        _gateway.Guard(GuardPolicy.None);
        using var unguarded = await _gateway.PostAsync(path, body);
        Assert.Equal(HttpStatusCode.OK, unguarded.StatusCode);
        Assert.False(unguarded.Headers.Contains(Header));
    }

    [Fact]
    public async Task The_list_of_models_needs_no_guard()
    {
        _gateway.Guard(Policies.Policy(Policies.Step(GuardAction.Redact)));
        using var response = await _gateway.Client.GetAsync("v1/models");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static string Text(ReceivedRequest request) => Encoding.UTF8.GetString(request.Body.Span);

    private List<string> Sent() => [.. _gateway.Slm[0].Received.Where(request => request.Path == "/v1/chat/completions").Select(Text)];

    private async Task<double> MetricAsync(string name)
    {
        using var admin = new HttpClient();
        var metrics = await admin.GetStringAsync(new Uri(_gateway.Admin, "metrics"));
        return metrics.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line ? double.Parse(line[(name.Length + 1)..]) : 0;
    }

    private sealed class SilentGuard : IRemoteGuard
    {
        public ValueTask<RemoteVerdict> InspectAsync(RemoteQuestion question, CancellationToken cancel) => new(RemoteVerdict.Failed("no answer"));
    }
}
