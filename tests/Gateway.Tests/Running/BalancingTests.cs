using System.Text.Json;
using Gateway.Configuration;
using Gateway.Simulator;

namespace Gateway.Tests.Running;

public sealed class BalancingTests
{
    private static readonly string Instructions = string.Concat(Enumerable.Range(0, 900).Select(i => $"rule {i}: be brief. "));

    [Theory]
    [InlineData("cost")]
    [InlineData("prefix_hash")]
    public async Task The_turns_of_a_conversation_stay_where_their_prefix_is_cached(string balancing)
    {
        await using var gateway = await StartAsync(balancing);
        var turns = new List<string> { Message("system", Instructions), Message("user", "hello") };
        string? replica = null;
        for (var turn = 0; turn < 6; turn++)
        {
            using var answer = await gateway.ChatAsync(Body(turns, stream: turn % 2 == 0));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, text);
            var at = answer.Headers.GetValues("x-gateway-replica").Single();
            Assert.Equal(replica ??= at, at);
            if (turn > 0 && balancing == "cost")
                Assert.Matches("[0-9]+ of [0-9]+ tokens cached at .*, first token in", answer.Headers.GetValues("x-gateway-route").Single());
            turns.AddRange([Message("assistant", "yes"), Message("user", $"and what of {turn}?")]);
        }
    }

    [Fact]
    public async Task What_answers_say_was_cached_corrects_what_is_expected()
    {
        await using var gateway = await StartAsync("cost");
        var turns = new List<string> { Message("system", Instructions), Message("user", "hello") };
        for (var turn = 0; turn < 4; turn++)
        {
            using var answer = await gateway.ChatAsync(Body(turns, stream: false));
            await answer.Content.ReadAsStringAsync();
        }

        await gateway.Log.RequestAsync(4);
        var known = gateway.Slm.Select(gateway.Replica).Single(replica => replica.Prefixes.Count > 0);
        Assert.InRange(known.Prefixes.Trust, 0.95, 1);
        Assert.Equal(0, known.InFlight);
        Assert.Equal((0, 0), (known.Work.Look(1000).Prefill, known.Work.Look(1000).Requests));
    }

    [Fact]
    public async Task A_failed_attempt_leaves_nothing_under_way()
    {
        await using var gateway = await StartAsync("cost");
        foreach (var replica in gateway.Slm)
            replica.Faults.Next(Fault.Status(500));
        using var answer = await gateway.ChatAsync(Body([Message("user", Instructions)], stream: true));
        await answer.Content.ReadAsStringAsync();
        await gateway.Log.RequestAsync();
        foreach (var known in gateway.Slm.Select(gateway.Replica))
            Assert.Equal((0, 0.0, 0), (known.InFlight, known.Work.Look(1000).Prefill, known.Work.Look(1000).Requests));
    }

    private static Task<GatewayApplication> StartAsync(string balancing) => GatewayApplication.StartAsync(
        slm: 3,
        llm: 0,
        pool: pool => pool with { Balancing = balancing },
        options: options => options with { Models = new Dictionary<string, ModelOptions> { ["small"] = new() { Pool = "slm" } }, Pools = Only(options, "slm"), Aliases = new Dictionary<string, string>() },
        replica: new SimulatorOptions { Performance = PerformanceModel.Small8B, TimeScale = 50 });

    private static Dictionary<string, PoolOptions> Only(GatewayOptions options, string pool) => new() { [pool] = options.Pools[pool] };

    private static string Message(string role, string content) => $$"""{"role":"{{role}}","content":{{JsonSerializer.Serialize(content)}}}""";

    private static string Body(IEnumerable<string> turns, bool stream) =>
        $$"""{"model":"small","stream":{{(stream ? "true" : "false")}},"messages":[{{string.Join(',', turns)}}]}""";
}
