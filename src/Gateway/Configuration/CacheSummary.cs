using System.Text;
using Gateway.Configuration.Reading;

namespace Gateway.Configuration;

/// <summary>The cache in the words of <c>gateway check</c>.</summary>
internal static class CacheSummary
{
    public static void Append(StringBuilder text, GatewayOptions options)
    {
        if (options.Cache is not { } cache)
        {
            text.Append("cache        off: only you know who may share answers; write cache: {} to let callers with the same key do so\n");
            return;
        }

        var owner = cache.Scope == CacheOptions.Everyone ? "all callers share" : "callers that show the same key share";
        text.Append($"cache        {owner} answers for {Duration.Write(cache.Exact.Ttl)}, up to {ByteSize.Write(cache.Exact.Memory)} in memory{(cache.Exact.Store == ExactOptions.Redis ? " and all in redis" : "")}; ");
        text.Append($"not above temperature {cache.MaxTemperature:0.##}, in tool loops, with attachments or n above 1\n");
        if (cache.Semantic is { } semantic)
        {
            text.Append($"             asks that mean the same share them for {Duration.Write(semantic.Ttl)}: similarity from {semantic.Similarity:0.##} on by {cache.Embedder}, ");
            text.Append($"index {semantic.Index}; looking takes at most {Duration.Write(cache.Budget)}\n");
        }

        foreach (var (name, model) in options.Models)
        {
            if (model.Cache is { } own)
            {
                text.Append($"             {name}: {Words(own)}\n");
            }
        }
    }

    /// <summary>What is said of some requests.</summary>
    public static string Words(CachePolicyOptions policy) => policy switch
    {
        { Bypass: true } => "not cached",
        { Ttl: { } ttl } => $"cached for {Duration.Write(ttl)}",
        _ => $"cached under {string.Join(", ", policy.Tags)}",
    };
}
