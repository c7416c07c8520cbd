using System.Text.Json;
using Gateway.Routing;
using Gateway.Routing.Health;
using Gateway.Upstream.SideCalls;

namespace Gateway.Upstream.Probing;

/// <summary>Asks a replica what it can do: models and context, version, ways to continue an answer.</summary>
/// <remarks>
/// A part that fails is unknown, or counts as not there; never an error. The questions are those that vLLM answers without its engine, so
/// that a busy replica loses nothing by them.
/// </remarks>
internal static class CapabilityProbe
{
    /// <param name="upstream">Its pool.</param>
    /// <param name="replica">The replica.</param>
    /// <param name="kvTokens">What its metrics said of the size of its cache; null when nothing.</param>
    /// <param name="stopping">Ends the questions.</param>
    /// <returns>Null when the replica did not answer at all.</returns>
    public static async Task<CapabilityFinding?> AskAsync(UpstreamPool upstream, Replica replica, long? kvTokens, CancellationToken stopping)
    {
        var ask = new SideQuestions(upstream.Connections, replica, stopping);
        var cards = await CardsAsync(ask);
        if (!ask.WasAnswered)
            return null;
        var continuation = new ContinuationProbe(ask, upstream.Pool.Model);
        var (version, takesTokens) = (await VersionAsync(ask), await continuation.TakesTokensAsync());
        var found = new ReplicaCapabilities
        {
            Models = cards.Names,
            Adapters = cards.Adapters,
            ContextTokens = cards.ContextTokens,
            Version = version,
            KvTokens = kvTokens,
            Continues = await continuation.ContinuesAsync(),
            TakesTokens = takesTokens,
            ReturnsTokenIds = takesTokens && EngineVersion.MayReturnTokenIds(version),
        };
        return new CapabilityFinding(found, !ask.HasOpen);
    }

    private static async Task<ModelCards> CardsAsync(SideQuestions ask)
    {
        using var reply = await ask.GetAsync("/v1/models");
        return JsonAnswer.Of(reply) is { } list ? ModelCards.Read(list) : ModelCards.None;
    }

    private static async Task<string?> VersionAsync(SideQuestions ask)
    {
        using var reply = await ask.GetAsync("/version");
        return JsonAnswer.Of(reply) is { } answer && JsonAnswer.TryGet(answer, "version", JsonValueKind.String, out var version)
            ? version.GetString()
            : null;
    }
}

/// <summary>What a replica said that it can do.</summary>
/// <param name="Capabilities">All that it said.</param>
/// <param name="IsWhole">Whether every question got an answer for good; if not, asking again may find more.</param>
internal sealed record CapabilityFinding(ReplicaCapabilities Capabilities, bool IsWhole);
