using System.Net;
using System.Text.Json;
using Gateway.Configuration;

namespace Gateway.Tests.Running;

public sealed class TrialTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, false, "llm", "Trial")]
    [InlineData(0, false, "slm", "Control")]
    [InlineData(1, true, "slm", "Shadow")]
    public async Task Conversations_are_routed_the_other_way_only_as_far_as_the_trial_says(double share, bool shadow, string pool, string arm)
    {
        await using var gateway = await StartAsync(share, shadow);
        using var answer = await gateway.ChatAsync(Ask.Chat());
        Assert.Equal(pool, answer.Headers.GetValues("x-gateway-pool").Single());
        var line = await gateway.Log.RequestAsync();
        Assert.Contains($"arm={arm}", line, StringComparison.Ordinal);
        Assert.Equal(shadow, line.Contains("shadow_pool=llm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task About_its_share_of_conversations_takes_part_and_every_turn_of_one_goes_the_same_way()
    {
        await using var gateway = await StartAsync(0.3, shadow: false);
        var large = 0;
        for (var i = 0; i < 60; i++)
        {
            var first = await PoolOfAsync(gateway, Conversation($"question {i}"));
            Assert.Equal(first, await PoolOfAsync(gateway, Conversation($"question {i}", "and then?")));
            large += first == "llm" ? 1 : 0;
        }

        Assert.InRange(large, 8, 30);
    }

    [Fact]
    public async Task Both_arms_are_counted()
    {
        await using var gateway = await StartAsync(1, shadow: true, model: "counted");
        using var answer = await gateway.ChatAsync(Ask.Chat(model: "counted"));
        await gateway.Log.RequestAsync();
        using var admin = new HttpClient();
        var metrics = await admin.GetStringAsync(new Uri(gateway.Admin, "metrics"), Cancel);
        Assert.Contains("gateway_trial_requests_total{model=\"counted\",arm=\"shadow\",pool=\"slm\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("gateway_trial_shadow_decisions_total{model=\"counted\",agrees=\"no\"} 1", metrics, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, HttpStatusCode.Forbidden)]
    [InlineData(true, HttpStatusCode.OK)]
    public async Task Rules_can_be_tried_too(bool shadow, HttpStatusCode status)
    {
        var rule = new RuleOptions { Name = "closed", When = "request.model == 'next'", Reject = new RejectOptions { Message = "closed" } };
        await using var gateway = await StartAsync(1, shadow, rules: rule);
        using var answer = await gateway.ChatAsync(Ask.Chat());
        Assert.Equal(status, answer.StatusCode);
        Assert.DoesNotContain("shadow_pool=llm", await gateway.Log.RequestAsync(), StringComparison.Ordinal);
    }

    private static Task<GatewayApplication> StartAsync(double share, bool shadow, string model = "auto", params RuleOptions[] rules) =>
        GatewayApplication.StartAsync(options: options => options with
        {
            Models = new Dictionary<string, ModelOptions>
            {
                [model] = new()
                {
                    Cascade = new CascadeOptions { Pools = ["slm", "llm"], Threshold = 1 },
                    Trial = new TrialOptions { Model = "next", Share = share, Shadow = shadow },
                },
                ["next"] = new() { Cascade = new CascadeOptions { Pools = ["slm", "llm"], Threshold = 0 } },
            },
            Aliases = new Dictionary<string, string>(),
            Rules = rules,
        });

    private static async Task<string> PoolOfAsync(GatewayApplication gateway, string body)
    {
        using var answer = await gateway.ChatAsync(body);
        return answer.Headers.GetValues("x-gateway-pool").Single();
    }

    private static string Conversation(string first, string? then = null)
    {
        List<object> turns = [new { role = "user", content = first }];
        if (then is not null)
            turns.AddRange([new { role = "assistant", content = "so" }, new { role = "user", content = then }]);
        return JsonSerializer.Serialize(new { model = "auto", messages = turns });
    }
}
