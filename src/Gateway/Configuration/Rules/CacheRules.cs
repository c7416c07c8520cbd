using Gateway.Cache;

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

        if (cache.Semantic is { } semantic)
        {
            report.CheckPolicy("cache.semantic.index", semantic.Index, "vector index", KnownPolicies.VectorIndexes);
            report.CheckPositive("cache.semantic.ttl", semantic.Ttl);
        }

        if (cache.Embedder.StartsWith("pool:", StringComparison.Ordinal))
        {
            report.CheckPool("cache.embedder", cache.Embedder["pool:".Length..], options.Pools);
        }
        else if (cache.Embedder != "builtin" && !cache.Embedder.StartsWith("onnx:", StringComparison.Ordinal))
        {
            report.Add("cache.embedder", $"{Quoting.Quote(cache.Embedder)} is no embedder; write builtin, onnx:/path or pool:NAME");
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
