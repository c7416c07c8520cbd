using Gateway.Configuration;
using Gateway.Routing.Thresholds;
using Gateway.Tests.Running;

namespace Gateway.Tests.State;

public sealed class WindowKeeperTests : IDisposable
{
    private readonly StateOptions _state = new() { Directory = Directory.CreateTempSubdirectory("gateway-window-").FullName };

    public void Dispose() => Directory.Delete(_state.Directory, recursive: true);

    [Fact]
    public async Task A_restarted_gateway_goes_on_from_the_scores_it_had_seen()
    {
        byte[] before;
        await using (var first = await StartAsync(_state))
        {
            await AskAsync(first, 12);
            before = Threshold(first).Save();
            await first.StopAsync();
        }

        await using var second = await StartAsync(_state);
        Assert.Equal(before, Threshold(second).Save());
        Assert.False(Threshold(second).HasDecided);
    }

    [Fact]
    public async Task Gateways_that_share_a_store_rank_by_each_others_scores()
    {
        await using var redis = await RedisServer.StartedAsync();
        var state = new StateOptions { Redis = redis.Address };
        await using var busy = await StartAsync(state);
        await using var idle = await StartAsync(state);
        var alone = Quantile(idle);
        await AskAsync(busy, 40);
        for (var i = 0; i < 400 && Quantile(idle) != Quantile(busy); i++)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.NotEqual(alone, Quantile(idle));
        Assert.Equal(Quantile(busy), Quantile(idle));
    }

    [Fact]
    public async Task A_store_that_is_not_there_stops_neither_start_nor_requests()
    {
        await using var gateway = await StartAsync(new StateOptions { Redis = "127.0.0.1:1" });
        await AskAsync(gateway, 3);
        Assert.True(Threshold(gateway).HasDecided);
    }

    private static Task<GatewayApplication> StartAsync(StateOptions state) =>
        GatewayApplication.StartAsync(slm: 1, options: options => options with { State = state });

    private static ShareThreshold Threshold(GatewayApplication gateway) =>
        (ShareThreshold)gateway.Live.Current.Catalog.Find("auto")!.Choice!.Threshold;

    private static double? Quantile(GatewayApplication gateway) => Threshold(gateway).Look(0.3).Quantile;

    private static async Task AskAsync(GatewayApplication gateway, int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var answer = await gateway.ChatAsync(Ask.Chat(ask: $"{Ask.Easy} {i}"));
            answer.EnsureSuccessStatusCode();
        }
    }
}
