using System.Net;
using System.Text.Json;
using Gateway.Configuration;
using Gateway.Tests.State;

namespace Gateway.Tests.Learning;

/// <summary>From outcomes to a correction in force, over restarts, and back.</summary>
public sealed class LearningTests : IDisposable
{
    private static readonly string[] Fine = ["Prove that the sequence converges", "Derive the closed form of this integral", "Show why the lemma fails for primes"];
    private static readonly string[] Failing = ["Translate this menu into German", "Suggest a name for my cat", "List five fruits that are red"];

    private readonly string _directory = Directory.CreateTempSubdirectory("gateway-state-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_correction_is_fitted_tried_promoted_kept_over_a_restart_and_rolled_back()
    {
        string? version;
        await using (var gateway = await LearningGateway.StartAsync(Quick, new StateOptions { Directory = _directory }))
        {
            await TeachAsync(gateway, 70);
            var tried = await gateway.UntilAsync(learned => learned.GetProperty("candidate").ValueKind != JsonValueKind.Null || Current(learned) != "default");
            Assert.Equal("fitted", tried.GetProperty("last_fit").GetProperty("result").GetString());
            var promoted = await gateway.UntilAsync(learned => Current(learned) != "default");
            version = Current(promoted);
            Assert.True(
                promoted.GetProperty("current_fit").GetProperty("correlation_corrected").GetDouble()
                    > promoted.GetProperty("current_fit").GetProperty("correlation_default").GetDouble());
            await gateway.Gateway.StopAsync();
        }

        await using var next = await LearningGateway.StartAsync(Quick, new StateOptions { Directory = _directory });
        var again = await next.UntilAsync(learned => Current(learned) != "default");
        Assert.Equal(version, Current(again));
        Assert.Equal(70, LearningGateway.Count(again, "feedback"));

        using var back = await next.RollBackAsync();
        Assert.Equal("in force: default\n", await back.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("default", Current(await next.LearnedAsync()));
        using var nothing = await next.RollBackAsync();
        Assert.Equal(HttpStatusCode.Conflict, nothing.StatusCode);
        using var nobody = await next.RollBackAsync("small");
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
    }

    [Fact]
    public async Task Gateways_that_share_redis_learn_from_each_others_outcomes_and_outlive_it()
    {
        await using var redis = await RedisServer.StartedAsync();
        var state = new StateOptions { Redis = redis.Address };
        await using var one = await LearningGateway.StartAsync(Quick, state);
        await using var two = await LearningGateway.StartAsync(Quick, state);
        var (id, _) = await one.AskAsync(Failing[0]);
        await two.ScoreAsync(id, 0);
        await one.UntilAsync(learned => LearningGateway.Count(learned, "feedback") == 1);

        await redis.KillAsync();
        var (local, _) = await one.AskAsync(Failing[1]);
        await one.ScoreAsync(local, 0);
        await redis.StartAsync();
        await two.UntilAsync(learned => LearningGateway.Count(learned, "feedback") == 2);
        await TeachAsync(one, 70);
        var version = Current(await one.UntilAsync(learned => Current(learned) != "default"));
        await two.UntilAsync(learned => Current(learned) == version);
    }

    private static LearningOptions Quick(LearningOptions learning) => learning with
    {
        RefitAfter = 70,
        Canary = new CanaryOptions { Share = 1, Outcomes = 10, Longest = TimeSpan.FromSeconds(1) },
    };

    private static string? Current(JsonElement learned) => learned.GetProperty("current").GetString();

    /// <summary>A deployment whose small model is good at what the default takes for hard, and bad at the rest.</summary>
    private static async Task TeachAsync(LearningGateway gateway, int count)
    {
        var chance = new Random(1);
        for (var i = 0; i < count; i++)
        {
            var isFine = i % 2 == 0;
            var (id, pool) = await gateway.AskAsync($"{(isFine ? Fine : Failing)[chance.Next(3)]} {chance.Next(1000)}");
            await gateway.ScoreAsync(id, isFine || pool == "llm" ? 1 : 0);
        }
    }
}
