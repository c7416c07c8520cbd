using System.Net;
using System.Text.Json;
using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Simulator;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Running;

public sealed class RuleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("request.prompt_tokens > 2000", "llm", "rule it")]
    [InlineData("size(request.tool_names) == 2 && \"shell\" in request.tool_names", "llm", "rule it")]
    [InlineData("request.max_tokens == 7 && request.temperature < 0.5 && !request.stream", "llm", "rule it")]
    [InlineData("headers[\"x-team\"].startsWith(\"al\") && params.tier == \"gold\"", "llm", "rule it")]
    [InlineData("request.language == \"en\" && request.turns == 1 && request.complexity < 2", "llm", "rule it")]
    [InlineData("pools.llm.healthy == 1 && pools[\"slm\"].in_flight == 0 && model == \"auto\"", "llm", "rule it")]
    [InlineData("request.prompt_tokens > 200000", "slm", "complexity ")]
    public async Task A_request_that_fulfils_the_condition_goes_where_the_rule_says(string when, string pool, string route)
    {
        await using var gateway = await StartAsync(new RuleOptions { Name = "it", When = when, Use = ["llm"] });
        var body = Ask.Chat(ask: $"{Ask.Easy} {new string('a', 10_000)}", more: "\"max_tokens\":7,\"temperature\":0.2,\"tools\":["
            + "{\"type\":\"function\",\"function\":{\"name\":\"w\\u0065b\",\"parameters\":{\"properties\":{\"name\":{\"type\":\"string\"}}}}},"
            + "{\"function\":{\"description\":\"d\",\"name\":\"shell\"},\"type\":\"function\"}]");
        using var answer = await gateway.PostAsync("v1/chat/completions?tier=gold", body, ("X-Team", "alpha"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(pool, Header(answer, "x-gateway-pool"));
        Assert.StartsWith(route, Header(answer, "x-gateway-route"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_of_pools_is_tried_in_its_order()
    {
        await using var gateway = await StartAsync(new RuleOptions { Name = "plan", When = "true", Use = ["llm", "slm"] });
        await gateway.Llm[0].DisposeAsync();
        using var answer = await gateway.ChatAsync(Ask.Chat());
        Assert.Equal(("slm", "rule plan"), (Header(answer, "x-gateway-pool"), Header(answer, "x-gateway-route")));
    }

    [Fact]
    public async Task A_model_is_routed_as_if_it_had_been_asked_for()
    {
        await using var gateway = await StartAsync(
            new RuleOptions { Name = "first", When = "request.model == \"large\"", Use = ["auto"], Chain = true },
            new RuleOptions { Name = "second", When = "request.model == \"auto\"", Use = ["small"] });
        using var chained = await gateway.ChatAsync(Ask.Chat(model: "large"));
        Assert.Equal(("slm", "rules first, second; model"), (Header(chained, "x-gateway-pool"), Header(chained, "x-gateway-route")));
        using var untouched = await gateway.ChatAsync(Ask.Chat(model: "small"));
        Assert.Equal("model", Header(untouched, "x-gateway-route"));
    }

    [Fact]
    public async Task A_rejection_has_its_status_and_message_and_no_header_gets_around_it()
    {
        await using var gateway = await StartAsync(new RuleOptions
        {
            Name = "closed",
            When = "headers[\"x-team\"] == \"b\"",
            Reject = new RejectOptions { Status = 429, Message = "Team b is out of quota." },
        });
        using var answer = await gateway.ChatAsync(Ask.Chat(), ("x-team", "b"), ("x-gateway-pool", "llm"));
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal("rule closed", Header(answer, "x-gateway-route"));
        var error = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("error");
        Assert.Equal("rejected_by_rule", error.GetProperty("code").GetString());
        Assert.Equal("Team b is out of quota.", error.GetProperty("message").GetString());
        Assert.Empty(gateway.Llm[0].Received);
    }

    [Fact]
    public async Task A_rule_that_errs_is_skipped_counted_and_logged_once()
    {
        await using var gateway = await StartAsync(
            new RuleOptions { Name = "errs", When = "headers[\"x-absent\"] == \"a\"", Use = ["slm"] },
            new RuleOptions { Name = "next", When = "true", Use = ["llm"] });
        for (var i = 0; i < 3; i++)
        {
            using var answer = await gateway.ChatAsync(Ask.Chat());
            Assert.Equal("rule next", Header(answer, "x-gateway-route"));
        }

        using var admin = new HttpClient();
        var metrics = await admin.GetStringAsync(new Uri(gateway.Admin, "metrics"), Cancel);
        Assert.Contains("gateway_rule_errors_total{rule=\"errs\"} 3", metrics, StringComparison.Ordinal);
        Assert.Contains("gateway_rule_matches_total{rule=\"next\"} 3", metrics, StringComparison.Ordinal);
        Assert.Contains("NoSuchKey at 1:8", Assert.Single(gateway.Log.Lines, line => line.Contains("rule errs", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_split_spreads_conversations_by_weight()
    {
        await using var gateway = await StartAsync(new RuleOptions
        {
            Name = "split",
            When = "true",
            Split = new Dictionary<string, double> { ["slm"] = 3, ["llm"] = 1 },
        });
        var large = 0;
        for (var i = 0; i < 60; i++)
        {
            using var answer = await gateway.ChatAsync(Ask.Chat(ask: $"question {i}"));
            large += Header(answer, "x-gateway-pool") == "llm" ? 1 : 0;
        }

        Assert.InRange(large, 5, 27);
    }

    [Theory]
    [InlineData(false, null, null, "rule urgent; complexity ")]
    [InlineData(true, "\"priority\":40", null, "rule urgent; complexity ")]
    [InlineData(true, null, "llm", "caller named the pool")]
    public async Task A_priority_alone_reaches_the_replica_and_lets_routing_go_on(bool stream, string? more, string? pool, string route)
    {
        await using var gateway = await StartAsync(new RuleOptions { Name = "urgent", When = "\"x-urgent\" in headers", Priority = -5 });
        (string, string)[] headers = pool is null ? [("x-urgent", "1")] : [("x-urgent", "1"), ("x-gateway-pool", pool)];
        using var urgent = await gateway.ChatAsync(Ask.Chat(stream, more: more), headers);
        Assert.Equal(HttpStatusCode.OK, urgent.StatusCode);
        Assert.StartsWith(route, Header(urgent, "x-gateway-route"), StringComparison.Ordinal);
        Assert.Equal(pool ?? "slm", Header(urgent, "x-gateway-pool"));
        Assert.Equal(-5, Assert.Single(Priorities(gateway)));
        using var other = await gateway.ChatAsync(Ask.Chat(stream, more: more));
        Assert.DoesNotContain("rule", Header(other, "x-gateway-route"), StringComparison.Ordinal);
        Assert.Equal(more is null ? [-5] : [-5, 40], Priorities(gateway).Order());
    }

    [Fact]
    public async Task A_priority_beside_a_target_goes_with_every_attempt()
    {
        await using var gateway = await StartAsync(
            new RuleOptions { Name = "batch", When = "true", Priority = 10 },
            new RuleOptions { Name = "plan", When = "true", Use = ["llm", "slm"], Priority = 20 });
        gateway.Llm[0].Faults.Always = Fault.Parse("status=500");
        using var answer = await gateway.ChatAsync(Ask.Chat());
        Assert.Equal(("slm", "rules batch, plan"), (Header(answer, "x-gateway-pool"), Header(answer, "x-gateway-route")));
        Assert.NotEmpty(gateway.Llm[0].Received);
        Assert.All(Priorities(gateway), priority => Assert.Equal(20, priority));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_answers_took_is_measured_and_outlives_a_reload(bool stream)
    {
        await using var gateway = await StartAsync();
        using (var first = await gateway.ChatAsync(Ask.Chat(stream)))
            await first.Content.ReadAsStringAsync(Cancel);
        var rule = new RuleOptions { Name = "measured", When = "pools.slm.first_token_p95 > duration('0s') && pools.llm.first_token_p95 == duration('0s')", Use = ["llm"] };
        var options = gateway.Live.Current.Options with { Rules = [rule] };
        gateway.Live.Replace(new BlueprintBuilder(new FakeTimeProvider(), new Random(1)).Build(options, gateway.Live.Current));
        using var answer = await gateway.ChatAsync(Ask.Chat());
        Assert.Equal("rule measured", Header(answer, "x-gateway-route"));
    }

    [Fact]
    public async Task A_reload_swaps_the_rules()
    {
        await using var gateway = await StartAsync(new RuleOptions { Name = "before", When = "true", Use = ["llm"] });
        var options = gateway.Live.Current.Options with { Rules = [new RuleOptions { Name = "after", When = "true", Use = ["slm"] }] };
        gateway.Live.Replace(new BlueprintBuilder(new FakeTimeProvider(), new Random(1)).Build(options, gateway.Live.Current));
        using var answer = await gateway.ChatAsync(Ask.Chat());
        Assert.Equal(("slm", "rule after"), (Header(answer, "x-gateway-pool"), Header(answer, "x-gateway-route")));
    }

    private static Task<GatewayApplication> StartAsync(params RuleOptions[] rules) =>
        GatewayApplication.StartAsync(
            options: options => options with { Rules = rules }, replica: new SimulatorOptions { PriorityScheduling = true });

    /// <summary>What the replicas were sent as priority, by any chat request that had one.</summary>
    private static List<int> Priorities(GatewayApplication gateway)
    {
        var sent = gateway.Slm.Concat(gateway.Llm).SelectMany(replica => replica.Received).Where(request => request.Path == "/v1/chat/completions");
        return [.. sent.Select(request => JsonDocument.Parse(request.Body).RootElement)
            .Where(body => body.TryGetProperty("priority", out _)).Select(body => body.GetProperty("priority").GetInt32())];
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();
}
