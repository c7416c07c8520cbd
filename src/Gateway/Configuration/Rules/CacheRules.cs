using Gateway.Cache;
using Gateway.Caching.Embedding.Encoder;

namespace Gateway.Configuration.Rules;

/// <summary>Rules of <c>cache</c>, <c>models.*.cache</c> and <c>rules.*.cache</c>.</summary>
internal static class CacheRules
{
    public static void Check(GatewayOptions options, RuleReport report)
    {
        foreach (var (name, model) in options.Models)
        {
            CheckPolicy(model.Cache, $"{ConfigPath.Key("models", name)}.cache", options, report);
        }

        for (var i = 0; i < options.Rules.Count; i++)
        {
            CheckPolicy(options.Rules[i].Cache, $"{ConfigPath.Item("rules", i)}.cache", options, report);
        }

        if (options.Cache is { } cache)
        {
            Check(cache, options, report);
        }
    }

    private static void Check(CacheOptions cache, GatewayOptions options, RuleReport report)
    {
        report.CheckPolicy("cache.scope", cache.Scope, "scope of a cache", KnownPolicies.CacheScopes);
        report.CheckPositive("cache.exact.ttl", cache.Exact.Ttl);
        report.CheckPositive("cache.budget", cache.Budget);
        if (cache.Pace is { } pace)
        {
            report.CheckPositive("cache.pace", pace);
        }

        report.CheckPolicy("cache.exact.store", cache.Exact.Store, "store of answers", KnownPolicies.AnswerStores);
        if (cache.Semantic is { } semantic)
        {
            report.CheckPolicy("cache.semantic.index", semantic.Index, "vector index", KnownPolicies.VectorIndexes);
            report.CheckPositive("cache.semantic.ttl", semantic.Ttl);
        }

        CacheServerRules.Check(cache, options, report);
        CheckEmbedder(cache, options, report);
    }

    private static void CheckEmbedder(CacheOptions cache, GatewayOptions options, RuleReport report)
    {
        const string Path = "cache.embedder";
        if (cache.EmbedderPool is { } pool)
        {
            report.CheckPool(Path, pool, options.Pools);
            if (cache.Semantic is { Dimensions: null })
            {
                report.Add("cache.semantic", "a pool does not say how long its vectors are; write dimensions: and their length");
            }

            return;
        }

        if (cache.Semantic is { Dimensions: not null })
        {
            report.Add("cache.semantic.dimensions", $"the embedder {Quoting.Quote(cache.Embedder)} knows the length of its vectors; remove the line");
        }

        if (cache.Embedder.StartsWith(CacheOptions.Onnx, StringComparison.Ordinal))
        {
            if (FaultOf(cache.Embedder[CacheOptions.Onnx.Length..]) is { } fault)
            {
                report.Add(Path, $"{Quoting.Quote(cache.Embedder)} is no sentence encoder: {fault}");
            }
        }
        else if (cache.Embedder != CacheOptions.Builtin)
        {
            report.Add(Path, $"{Quoting.Quote(cache.Embedder)} is no embedder; write builtin, onnx:/path or pool:NAME");
        }
    }

    /// <summary>Loads the encoder, since nothing less says whether it can be run.</summary>
    private static string? FaultOf(string folder)
    {
        try
        {
            OnnxFolder.Load(folder, EncoderLimits.Default, TimeProvider.System).Dispose();
            return null;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    private static void CheckPolicy(CachePolicyOptions? policy, string path, GatewayOptions options, RuleReport report)
    {
        if (policy is null)
        {
            return;
        }

        if (options.Cache is null && report.WasRead("cache"))
        {
            report.Add(path, "there is no cache that this could change; write a cache: section, or remove it");
        }

        if (policy.Ttl is { } ttl)
        {
            report.CheckPositive($"{path}.ttl", ttl);
        }

        if (policy is { Bypass: true, Ttl: not null })
        {
            report.Add($"{path}.ttl", "what passes by the cache is not kept; remove ttl or bypass");
        }

        for (var i = 0; i < policy.Tags.Count; i++)
        {
            if (!CallerWishes.IsTag(policy.Tags[i]))
            {
                report.Add(ConfigPath.Item($"{path}.tags", i), $"{Quoting.Quote(policy.Tags[i])} cannot be a tag; use up to 64 letters, digits, and . _ : -");
            }
        }
    }
}
