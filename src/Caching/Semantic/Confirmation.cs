using Gateway.Caching.Embedding;

namespace Gateway.Caching.Semantic;

/// <summary>Has an embedder that knows better say how near an ask is to those found, in bounded time.</summary>
/// <param name="embedder">The embedder.</param>
/// <param name="within">How long it may take.</param>
/// <param name="time">The clock.</param>
internal sealed class Confirmation(IEmbedder embedder, TimeSpan within, TimeProvider time)
{
    /// <returns>The nearest with its confirmed similarity; or why there is none, in a few words.</returns>
    public async ValueTask<(KnownAsk Nearest, string? Reason)> NearestAsync(string ask, IReadOnlyList<KnownAsk> known, CancellationToken cancel)
    {
        var vector = new float[embedder.Dimensions];
        using var deadline = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
        try
        {
            if (await embedder.EmbedAsync(ask, vector, either.Token) is { } reason)
                return (default, reason);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (default, "no time to confirm");
        }

        var nearest = new KnownAsk(default, float.NegativeInfinity, default);
        foreach (var candidate in known)
        {
            var payload = candidate.Payload;
            if (payload.Version != embedder.Version || payload.Vector.Values.Length != vector.Length)
                continue;
            var similarity = payload.Vector.CosineWith(vector);
            if (similarity > nearest.Similarity)
                nearest = candidate with { Similarity = similarity };
        }

        return float.IsNegativeInfinity(nearest.Similarity) ? (default, "entry by another embedder") : (nearest, null);
    }
}
