using System.Numerics.Tensors;
using Gateway.Cache.Embedding;
using Gateway.Configuration;
using Gateway.Simulator;
using Gateway.Tests.Running;
using Gateway.Upstream;

namespace Gateway.Tests.Cache;

public sealed class PoolEmbedderTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly float[] _vector = new float[64];

    [Fact]
    public async Task A_pool_gives_vectors_of_unit_length_and_like_texts_are_near()
    {
        await using var gateway = await StartAsync();
        var embedder = new PoolEmbedder(Slm(gateway), 64, Limit);
        var other = new float[64];
        Assert.Null(await embedder.EmbedAsync("how do I reset my password", _vector, TestContext.Current.CancellationToken));
        Assert.Null(await embedder.EmbedAsync("how do I reset the password", other, TestContext.Current.CancellationToken));
        Assert.Equal(1, TensorPrimitives.Norm<float>(_vector), 1e-4);
        Assert.InRange(TensorPrimitives.Dot<float>(_vector, other), 0.5, 0.999);
        Assert.Equal("pool-slm-Qwen/Qwen3-8B", embedder.Version);
        Assert.Contains(gateway.Slm[0].Received, request => request.Path == "/v1/embeddings");
    }

    [Fact]
    public async Task Vectors_of_another_length_than_said_are_refused()
    {
        await using var gateway = await StartAsync();
        var embedder = new PoolEmbedder(Slm(gateway), 32, Limit);
        Assert.Equal("the embedder's vectors have 64 dimensions, not 32", await embedder.EmbedAsync("hello", _vector, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_replica_that_does_not_answer_is_a_reason_and_no_more()
    {
        await using var gateway = await StartAsync();
        await gateway.Slm[0].KillAsync();
        var embedder = new PoolEmbedder(Slm(gateway), 64, Limit);
        Assert.NotNull(await embedder.EmbedAsync("hello", _vector, TestContext.Current.CancellationToken));
        Assert.Equal(0, gateway.Replica(gateway.Slm[0]).InFlight);
    }

    [Fact]
    public async Task A_refusal_is_told_and_not_held_against_the_replica()
    {
        await using var gateway = await StartAsync(new SimulatorOptions { MaxModelLen = 16 });
        var embedder = new PoolEmbedder(Slm(gateway), 64, Limit);
        var text = string.Join(' ', Enumerable.Repeat("word", 500));
        for (var i = 0; i < 10; i++)
            Assert.Equal("the embedder answered 400", await embedder.EmbedAsync(text, _vector, TestContext.Current.CancellationToken));
        Assert.True(gateway.Replica(gateway.Slm[0]).IsAvailable);
    }

    private static UpstreamPool Slm(GatewayApplication gateway) => gateway.Live.Current.Upstreams.Single();

    private static Task<GatewayApplication> StartAsync(SimulatorOptions? replica = null) =>
        GatewayApplication.StartAsync(slm: 1, llm: 0, replica: (replica ?? new SimulatorOptions()) with { EmbeddingDimensions = 64 }, options: options => options with
        {
            Pools = new Dictionary<string, PoolOptions> { ["slm"] = options.Pools["slm"] },
            Models = new Dictionary<string, ModelOptions> { ["small"] = new() { Pool = "slm" } },
            Aliases = new Dictionary<string, string>(),
        });
}
