using Gateway.Configuration;
using Gateway.Tests.Running;

namespace Gateway.Tests.Allocation;

/// <summary>What a request allocates that is answered from the cache, and one that is not.</summary>
[Collection(nameof(Alone))]
public sealed class CacheAllocationTests
{
    /// <summary>Bytes that an exact hit may allocate from socket to socket. May only fall.</summary>
    private const int ExactHit = 6_500;

    [Fact]
    public async Task A_hit_allocates_no_more_than_its_committed_number()
    {
        using var simulator = await SimulatorProcess.StartAsync("--preset", "instant");
        await using var gateway = await GatewayApplication.StartAsync(
            slm: 0,
            llm: 0,
            pool: pool => pool with { Replicas = [simulator.Address], Model = "Qwen/Qwen3-8B", Probe = new ProbeOptions { Interval = TimeSpan.FromHours(1) } },
            options: options => options with { Cache = new CacheOptions() });
        using var caller = new BareCaller(gateway.Address);
        var request = BareCaller.Post(Ask.Chat(model: "auto"));
        for (var i = 0; i < 500; i++)
            caller.Plain(request);
        using var hit = await gateway.ChatAsync(Ask.Chat(model: "auto"));
        Assert.Equal("hit exact", ChatTests.Header(hit, "x-gateway-cache"));
        // Whatever else the process does meanwhile can only add, so the least of several counts is the request's own.
        var perRequest = Enumerable.Range(0, 10).Min(_ => Allocated(() => Repeat(caller, request, 200)) / 200);
        TestContext.Current.SendDiagnosticMessage($"{perRequest} bytes per exact hit");
        Assert.True(perRequest <= ExactHit, $"{perRequest} bytes per exact hit");
    }

    private static void Repeat(BareCaller caller, byte[] request, int times)
    {
        for (var i = 0; i < times; i++)
            caller.Plain(request);
    }

    private static long Allocated(Action action)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        action();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
