using System.Net;
using Gateway.Configuration;
using Gateway.Simulator;
using Gateway.Tests.Running;

namespace Gateway.Tests.Upstream;

/// <summary>Requests bound to a group of pools: they never leave it, whatever fails. Pool slm is internal here, pool llm is not.</summary>
public sealed class GroupTests
{
    private static readonly (string Name, string Value) Internal = ("x-gateway-group", "internal");

    [Theory]
    [InlineData("status=500")]
    [InlineData("reset-before-headers")]
    [InlineData("abort-after=0")]
    public async Task Whatever_fails_the_fallback_outside_is_not_asked_and_the_error_says_why(string fault)
    {
        await using var gateway = await StartAsync();
        gateway.Slm[0].Faults.Always = Fault.Parse(fault);
        using var free = await gateway.ChatAsync(Chat("small"));
        Assert.Equal("llm", ChatTests.Header(free, "x-gateway-pool"));
        var asked = gateway.Llm[0].Received.Count;
        using var bound = await gateway.ChatAsync(Chat("small"), Internal);
        await AssertNothingLeftAsync(bound);
        Assert.Equal(asked, gateway.Llm[0].Received.Count);
    }

    [Fact]
    public async Task A_replica_that_is_gone_is_not_replaced_by_one_outside()
    {
        await using var gateway = await StartAsync();
        await gateway.Slm[0].KillAsync();
        using var bound = await gateway.ChatAsync(Chat("small"), Internal);
        await AssertNothingLeftAsync(bound);
        using var passed = await gateway.PostAsync("v1/completions", """{"model":"small","prompt":"x"}""", Internal);
        await AssertNothingLeftAsync(passed);
        Assert.Empty(gateway.Llm[0].Received);
    }

    [Theory]
    [InlineData("bound")]
    [InlineData("ruled")]
    public async Task A_model_and_a_rule_bind_as_well(string model)
    {
        await using var gateway = await StartAsync();
        using var good = await gateway.ChatAsync(Chat(model));
        Assert.Equal("slm", ChatTests.Header(good, "x-gateway-pool"));
        await gateway.Slm[0].KillAsync();
        using var bound = await gateway.ChatAsync(Chat(model));
        await AssertNothingLeftAsync(bound);
        Assert.Empty(gateway.Llm[0].Received);
    }

    [Fact]
    public async Task A_weak_answer_is_not_escalated_out_of_the_group()
    {
        await using var gateway = await StartAsync();
        using var bound = await gateway.ChatAsync(Chat("auto"), Internal, ("x-gateway-pool", "llm"));
        await AssertNothingLeftAsync(bound);
        using var cascade = await gateway.ChatAsync(Chat("auto"), Internal);
        Assert.Equal("slm", ChatTests.Header(cascade, "x-gateway-pool"));
        Assert.Empty(gateway.Llm[0].Received);
    }

    /// <summary>The same prompts go out of the group where nothing binds them: by a weak answer, by a hedge, by a break in the middle.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Neither_escalation_nor_hedging_leaves_the_group(bool hedges, bool streams)
    {
        await using var gateway = await StartJudgingAsync(hedges);
        var weak = Ask.Chat(streams, "judged", more: "\"vllm_xargs\":{\"sim_answer\":\"I'm sorry, but I can't help with that.\"}");
        using var free = await gateway.ChatAsync(weak);
        Assert.Equal("llm", ChatTests.Header(free, "x-gateway-pool"));
        Assert.Contains(hedges ? "hedged" : "escalated", ChatTests.Header(free, "x-gateway-route"), StringComparison.Ordinal);
        await free.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await CallerTests.UntilAsync(() => gateway.Llm[0].Running == 0);
        var asked = gateway.Llm[0].Received.Count;
        Assert.True(asked > 0);
        for (var i = 0; i < 5; i++)
        {
            using var bound = await gateway.ChatAsync(weak, Internal);
            Assert.Equal("slm", ChatTests.Header(bound, "x-gateway-pool"));
            var text = streams ? (await Events.ReadAsync(bound)).Text : await bound.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains("I'm sorry", text, StringComparison.Ordinal);
            using var ruled = await gateway.ChatAsync(weak.Replace("\"judged\"", "\"judged-ruled\"", StringComparison.Ordinal));
            Assert.Equal("slm", ChatTests.Header(ruled, "x-gateway-pool"));
        }

        Assert.Equal(asked, gateway.Llm[0].Received.Count);
    }

    [Theory]
    [InlineData("status=500")]
    [InlineData("cut-after=5")]
    [InlineData("error-frame-after=5")]
    public async Task A_hedged_request_whose_only_replica_fails_does_not_leave_either(string fault)
    {
        await using var gateway = await StartJudgingAsync(hedges: true);
        gateway.Slm[0].Faults.Always = Fault.Parse(fault);
        foreach (var streams in new[] { false, true })
        {
            using var bound = await gateway.ChatAsync(Ask.Chat(streams, "judged"), Internal);
            var text = await bound.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains("\"error\"", text, StringComparison.Ordinal);
        }

        Assert.Empty(gateway.Llm[0].Received);
    }

    [Fact]
    public async Task A_model_without_a_pool_in_the_group_is_refused()
    {
        await using var gateway = await StartAsync();
        using var bound = await gateway.ChatAsync(Chat("large"), Internal);
        await AssertNothingLeftAsync(bound);
        using var passed = await gateway.PostAsync("v1/embeddings", """{"model":"large","input":"x"}""", Internal);
        await AssertNothingLeftAsync(passed);
        Assert.Empty(gateway.Llm[0].Received);
    }

    [Theory]
    [InlineData("small", "nowhere", "group_not_found")]
    [InlineData("bound", "provider", "group_conflict")]
    public async Task A_caller_names_a_group_that_is_one_and_not_another_than_its_models(string model, string group, string code)
    {
        await using var gateway = await StartAsync();
        using var refused = await gateway.ChatAsync(Chat(model), ("x-gateway-group", group));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(code, (await ChatTests.ErrorAsync(refused)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_adapter_is_asked_for_by_its_name_and_a_fallback_pool_for_its_own_model()
    {
        await using var gateway = await StartAsync();
        using var caller = new HttpClient { BaseAddress = gateway.Slm[0].Address };
        using var body = new StringContent("""{"lora_name":"sales","lora_path":"/a"}""", System.Text.Encoding.UTF8, "application/json");
        using var loaded = await caller.PostAsync("v1/load_lora_adapter", body);
        using var answer = await gateway.ChatAsync(Chat("adapted"));
        Assert.Equal("slm", ChatTests.Header(answer, "x-gateway-pool"));
        Assert.Contains("\"model\":\"sales\"", System.Text.Encoding.UTF8.GetString(gateway.Slm[0].Received[^1].Body.Span), StringComparison.Ordinal);
        await gateway.Slm[0].KillAsync();
        using var fallback = await gateway.ChatAsync(Chat("adapted"));
        Assert.Equal("llm", ChatTests.Header(fallback, "x-gateway-pool"));
    }

    private static string Chat(string model) => $$"""{"model":"{{model}}","messages":[{"role":"user","content":"hi"}]}""";

    private static async Task AssertNothingLeftAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var error = await ChatTests.ErrorAsync(response);
        Assert.Equal("group_unavailable", error.GetProperty("code").GetString());
        Assert.Contains("the group 'internal' and may not leave it", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    /// <summary>A cascade out of the group, whose answers are judged and whose prompts may be hedged.</summary>
    private static Task<GatewayApplication> StartJudgingAsync(bool hedges) => GatewayApplication.StartAsync(slm: 1, options: options => options with
    {
        Retries = new RetryOptions { AttemptsPerPool = 1 },
        Pools = options.Pools.ToDictionary(pair => pair.Key, pair => pair.Value with { Group = pair.Key == "slm" ? "internal" : "provider" }),
        Models = new[] { "judged", "judged-ruled" }.ToDictionary(name => name, _ => new ModelOptions
        {
            Cascade = new CascadeOptions { Pools = ["slm", "llm"], Threshold = 1 },
            Verify = new VerifyOptions { Hedge = hedges ? new HedgeOptions { Margin = 1 } : null },
        }),
        Aliases = new Dictionary<string, string>(),
        Rules = [new RuleOptions { Name = "stay", When = "request.model == 'judged-ruled'", Group = "internal" }],
    });

    private static Task<GatewayApplication> StartAsync() => GatewayApplication.StartAsync(slm: 1, options: options => options with
    {
        Pools = options.Pools.ToDictionary(pair => pair.Key, pair => pair.Value with { Group = pair.Key == "slm" ? "internal" : "provider" }),
        Models = new Dictionary<string, ModelOptions>(options.Models)
        {
            ["small"] = new() { Pool = "slm", Fallback = ["llm"] },
            ["bound"] = new() { Pool = "slm", Group = "internal", Fallback = ["llm"] },
            ["ruled"] = new() { Pool = "slm", Fallback = ["llm"] },
            ["adapted"] = new() { Pool = "slm", Adapter = "sales", Fallback = ["llm"] },
        },
        Rules = [new RuleOptions { Name = "stay", When = "request.model == 'ruled'", Group = "internal" }],
    });
}
