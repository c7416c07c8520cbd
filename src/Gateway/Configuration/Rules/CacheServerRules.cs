namespace Gateway.Configuration.Rules;

/// <summary>Rules of the servers that a cache uses: those it needs are named, and those named can be reached by name.</summary>
internal static class CacheServerRules
{
    public static void Check(CacheOptions cache, GatewayOptions options, RuleReport report)
    {
        CheckNeeded(cache, options.State, report);
        if (cache.Redis is { } redis)
        {
            foreach (var server in redis.Address.Split(',').Where(server => !Names.IsServer(server)))
            {
                report.Add("cache.redis.address", $"{Quoting.Quote(server)} is no server; write host and port: redis:6379");
            }

            CheckPrefix("cache.redis.prefix", redis.Prefix.Replace(':', '.'), redis.Prefix, report);
        }

        if (cache.Qdrant is { } qdrant)
        {
            if (!qdrant.Url.IsAbsoluteUri || qdrant.Url.Scheme is not ("http" or "https"))
            {
                report.Add("cache.qdrant.url", $"{Quoting.Quote(qdrant.Url.ToString())} is no address of a server; write http://HOST:6333");
            }

            CheckPrefix("cache.qdrant.prefix", qdrant.Prefix, qdrant.Prefix, report);
        }
    }

    private static void CheckNeeded(CacheOptions cache, StateOptions state, RuleReport report)
    {
        var hasRedis = cache.Redis is not null || state.Redis is not null;
        if (cache.Exact.Store == ExactOptions.Redis && !hasRedis)
        {
            report.Add("cache.exact.store", "no redis is named; write cache.redis.address or state.redis, or store: memory");
        }

        if (cache.Semantic?.Index == SemanticOptions.Redis && !hasRedis)
        {
            report.Add("cache.semantic.index", "no redis is named; write cache.redis.address or state.redis, or index: memory");
        }

        if (cache.Semantic?.Index == SemanticOptions.Qdrant && cache.Qdrant is null)
        {
            report.Add("cache.semantic.index", "no qdrant is named; write cache.qdrant.url, or index: memory");
        }
    }

    private static void CheckPrefix(string path, string judged, string prefix, RuleReport report)
    {
        if (!Names.IsPool(judged))
        {
            report.Add(path, $"{Quoting.Quote(prefix)} cannot begin a name; use letters, digits, and . _ - after the first");
        }
    }
}
