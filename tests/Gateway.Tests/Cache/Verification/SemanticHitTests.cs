using System.Net;
using Gateway.Configuration;
using Gateway.Tests.Running;

namespace Gateway.Tests.Cache.Verification;

/// <summary>Answers that asks of the same meaning share: who gets them, what is noted, and what becomes of wrong ones.</summary>
public sealed class SemanticHitTests
{
    private const string Known = "What is the capital of France?", Same = "what is the capital of France";

    /// <summary>One value each: whatever is asked, the answer is the same.</summary>
    private const string OneAnswer =
        """ "response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{"type":"object","additionalProperties":false,"required":["a"],"properties":{"a":{"enum":[1]}}}}} """;

    [Fact]
    public async Task Asks_that_mean_the_same_share_an_answer_and_others_do_not()
    {
        await using var gateway = await StartAsync(0);
        Assert.StartsWith("hit semantic ", await gateway.AfterAsync(Ask.Chat(ask: Known), Ask.Chat(ask: Same)), StringComparison.Ordinal);
        Assert.StartsWith("miss a name differs", await gateway.OutcomeAsync(Ask.Chat(ask: "What is the capital of Germany?")), StringComparison.Ordinal);
        Assert.Equal("miss", await gateway.OutcomeAsync(Ask.Chat(ask: Same), ("Authorization", "Bearer another")));
        Assert.Contains("cache hit by meaning", string.Join("\n", gateway.Log.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain("France", string.Join("\n", gateway.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_doubted_hit_is_asked_again_in_the_background_and_found_right()
    {
        await using var gateway = await StartAsync(1);
        await gateway.AfterAsync(Ask.Chat(ask: Known, more: OneAnswer), Ask.Chat(ask: Same, more: OneAnswer));
        await UntilAsync(gateway, "gateway_cache_verdicts_total{source=\"check\",outcome=\"right\"}");
        Assert.StartsWith("hit semantic ", await gateway.OutcomeAsync(Ask.Chat(ask: Same, more: OneAnswer)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hit_that_is_found_wrong_is_not_given_again()
    {
        // The simulator's prose is drawn by prompt: another prompt gets another answer.
        await using var gateway = await StartAsync(1);
        await gateway.AfterAsync(Ask.Chat(ask: Known), Ask.Chat(ask: Same));
        await UntilAsync(gateway, "gateway_cache_verdicts_total{source=\"check\",outcome=\"wrong\"}");
        Assert.StartsWith("miss", await gateway.OutcomeAsync(Ask.Chat(ask: Same)), StringComparison.Ordinal);
        Assert.Contains("evicted: found wrong by check", string.Join("\n", gateway.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_its_caller_calls_bad_is_not_given_again()
    {
        await using var gateway = await StartAsync(0);
        await gateway.OutcomeAsync(Ask.Chat(ask: Known));
        await gateway.SettleAsync();
        using var hit = await gateway.ChatAsync(Ask.Chat(ask: Same));
        var id = ChatTests.Header(hit, "x-gateway-request-id");
        Assert.StartsWith("hit semantic ", ChatTests.Header(hit, CachedGateway.Header), StringComparison.Ordinal);

        using var praise = await gateway.PostAsync("v1/feedback", $$"""{"request_id":"{{id}}","rating":"up"}""");
        Assert.Equal(HttpStatusCode.NoContent, praise.StatusCode);
        Assert.StartsWith("hit semantic ", await gateway.OutcomeAsync(Ask.Chat(ask: Same)), StringComparison.Ordinal);
        using var blame = await gateway.PostAsync("v1/feedback", $$"""{"request_id":"{{id}}","rating":"down"}""");
        Assert.Equal(HttpStatusCode.NoContent, blame.StatusCode);
        Assert.Equal("miss", await gateway.OutcomeAsync(Ask.Chat(ask: Same)));
        Assert.Contains("gateway_cache_verdicts_total{source=\"caller\",outcome=\"wrong\"}", await MetricsAsync(gateway), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_can_call_anothers_answer_bad()
    {
        await using var gateway = await StartAsync(0);
        await gateway.OutcomeAsync(Ask.Chat(ask: Known), ("Authorization", "Bearer one"));
        await gateway.SettleAsync();
        using var hit = await gateway.ChatAsync(Ask.Chat(ask: Same), ("Authorization", "Bearer one"));
        using var blame = await gateway.PostAsync(
            "v1/feedback", $$"""{"request_id":"{{ChatTests.Header(hit, "x-gateway-request-id")}}","rating":"down"}""");
        Assert.Equal(HttpStatusCode.NotFound, blame.StatusCode);
        Assert.StartsWith("hit semantic ", await gateway.OutcomeAsync(Ask.Chat(ask: Same), ("Authorization", "Bearer one")), StringComparison.Ordinal);
    }

    /// <summary>A budget that a busy machine keeps, and a share of hits to check.</summary>
    private static Task<GatewayApplication> StartAsync(double isChecked) => CachedGateway.StartAsync(cache => cache with
    {
        Budget = TimeSpan.FromSeconds(20),
        Semantic = new SemanticOptions { Checked = isChecked, Similarity = 0.9 },
    });

    private static async Task UntilAsync(GatewayApplication gateway, string line)
    {
        for (var i = 0; i < 500; i++)
        {
            if ((await MetricsAsync(gateway)).Contains(line, StringComparison.Ordinal))
                return;
            await Task.Delay(20);
        }

        Assert.Fail($"no {line} in {await MetricsAsync(gateway)}");
    }

    private static async Task<string> MetricsAsync(GatewayApplication gateway)
    {
        using var admin = new HttpClient { BaseAddress = gateway.Admin };
        return await admin.GetStringAsync("metrics");
    }
}
