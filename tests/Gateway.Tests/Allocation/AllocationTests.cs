using Gateway.Configuration;
using Gateway.Tests.Running;

namespace Gateway.Tests.Allocation;

/// <summary>What a request and a chunk allocate: the whole path from socket to socket, platform included, nothing switched off.</summary>
/// <remarks>The simulator runs in its own process and the caller allocates nothing, so all that is counted is the gateway's.</remarks>
[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    /// <summary>Bytes that one plain request may allocate. May only fall.</summary>
    private const int PlainRequest = 20_000;

    [Fact]
    public async Task A_chunk_allocates_nothing()
    {
        using var simulator = await SimulatorProcess.StartAsync("--preset", "paced", "--time-scale", "20");
        await using var gateway = await StartAsync(simulator);
        using var caller = new BareCaller(gateway.Address);
        var (few, many) = (Stream(100), Stream(1100));
        for (var i = 0; i < 3; i++)
            caller.Stream(many);
        var perChunk = Enumerable.Range(0, 5).Select(_ => (Allocated(() => caller.Stream(many)) - Allocated(() => caller.Stream(few))) / 1000.0).Order().ElementAt(2);
        TestContext.Current.SendDiagnosticMessage($"{perChunk} bytes per chunk");
        Assert.True(perChunk < 1, $"{perChunk} bytes per chunk");
    }

    [Fact]
    public async Task A_plain_request_allocates_no_more_than_its_committed_number()
    {
        using var simulator = await SimulatorProcess.StartAsync("--preset", "instant");
        await using var gateway = await StartAsync(simulator);
        using var caller = new BareCaller(gateway.Address);
        var request = BareCaller.Post(Ask.Chat(model: "auto"));
        for (var i = 0; i < 500; i++)
            caller.Plain(request);
        var perRequest = Enumerable.Range(0, 5).Select(_ => Allocated(() => Repeat(caller, request, 200)) / 200).Order().ElementAt(2);
        Assert.True(perRequest <= PlainRequest, $"{perRequest} bytes per plain request");
    }

    private static byte[] Stream(int tokens) => BareCaller.Post(Ask.Chat(stream: true, more: $"\"vllm_xargs\":{{\"sim_tokens\":{tokens}}}"));

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

    private static Task<GatewayApplication> StartAsync(SimulatorProcess simulator) => GatewayApplication.StartAsync(
        slm: 0,
        llm: 0,
        pool: pool => pool with { Replicas = [simulator.Address], Model = "Qwen/Qwen3-8B", Probe = new ProbeOptions { Interval = TimeSpan.FromHours(1) } });
}

/// <summary>Tests that nothing may run beside, because they measure the process.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
