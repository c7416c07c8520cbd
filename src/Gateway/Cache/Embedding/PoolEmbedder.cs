using Gateway.Caching.Embedding;
using Gateway.Dispatch;
using Gateway.Routing;
using Gateway.Upstream;
using Gateway.Upstream.SideCalls;

namespace Gateway.Cache.Embedding;

/// <summary>Embeds by asking a pool's <c>POST /v1/embeddings</c>: an embedding model on vLLM, or any provider's.</summary>
/// <remarks>
/// One try at one replica, and only where a place is free: a cache that waits in a queue saves nobody time. What a model says is not scaled
/// to unit length by every server, so it is done here.
/// </remarks>
/// <param name="pool">The pool.</param>
/// <param name="dimensions">Length of the model's vectors.</param>
/// <param name="limit">How long an answer may take.</param>
public sealed class PoolEmbedder(UpstreamPool pool, int dimensions, TimeSpan limit) : IEmbedder
{
    private const string Path = "/v1/embeddings";

    private volatile UpstreamPool _pool = pool;

    /// <summary>The model's name is its version: a server that changes the weights behind a name is told by nothing it sends.</summary>
    public string Version { get; } = $"pool-{pool.Pool.Name}-{pool.Pool.Model}";

    public string Model { get; } = pool.Pool.Model;

    /// <summary>The group that its pool belongs to; null for none.</summary>
    public string? Group => _pool.Pool.Group;

    public int Dimensions { get; } = dimensions;

    /// <summary>The pool is from now on as a reload made it.</summary>
    public void Become(UpstreamPool now) => _pool = now;

    public async ValueTask<string?> EmbedAsync(string text, Memory<float> vector, CancellationToken cancel)
    {
        var to = _pool;
        if (!to.Gate.TryEnter(isSpare: false, out var place))
            return $"pool {to.Pool.Name} is full";
        try
        {
            return to.Pool.Pick([]) is { } picked ? await AskAsync(to, picked, text, vector, cancel) : $"pool {to.Pool.Name} has no replica";
        }
        finally
        {
            place.Leave();
        }
    }

    private async ValueTask<string?> AskAsync(UpstreamPool to, Picked picked, string text, Memory<float> vector, CancellationToken cancel)
    {
        var replica = picked.Replica;
        replica.Enter();
        try
        {
            using var question = new ByteArrayContent(EmbeddingBody.Of(to.ModelJson, text));
            using var reply = await SideCall.PostAsync(to.Connections, replica.Paths.Of(Path), question, limit, cancel);
            Report(picked, reply, cancel);
            return reply.IsGood
                ? EmbeddingBody.Read(reply, vector.Span[..Dimensions])
                : reply.Status == 0 ? "the embedder did not answer in time" : $"the embedder answered {reply.Status}";
        }
        finally
        {
            replica.Leave();
        }
    }

    private void Report(Picked picked, SideReply reply, CancellationToken cancel)
    {
        if (reply.IsGood)
            picked.Replica.Breaker.Succeeded(picked.Pass);
        else if (cancel.IsCancellationRequested || reply.IsFinal)
            picked.Replica.Breaker.Dropped(picked.Pass);
        else
            ReplicaReport.Failed(picked.Replica, picked.Pass, new UpstreamFault(FaultKind.Stalled, $"no embedding within {limit.TotalSeconds:0.###} s"));
    }
}
