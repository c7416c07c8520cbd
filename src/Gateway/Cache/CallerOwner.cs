using Gateway.Caching;
using Microsoft.Extensions.Primitives;

namespace Gateway.Cache;

/// <summary>Whose a request is: as long as there are no tenants, the digest of what the caller shows as its credentials.</summary>
internal static class CallerOwner
{
    public const string Everyone = "everyone";

    /// <summary>All who show nothing.</summary>
    public const string Nobody = "anonymous";

    /// <summary>The headers that carry keys, ours and those of other APIs that clients are made for.</summary>
    private static readonly string[] Credentials = ["Authorization", "x-api-key", "api-key"];

    /// <returns>A word that tells callers with different keys apart and does not show a key.</returns>
    public static string Of(IHeaderDictionary headers)
    {
        var key = default(CacheKey);
        var isKnown = false;
        foreach (var name in Credentials)
        {
            if (!headers.TryGetValue(name, out var shown))
                continue;
            key = Digest(key, name, shown);
            isKnown = true;
        }

        return isKnown ? key.ToString() : Nobody;
    }

    private static CacheKey Digest(CacheKey before, string name, StringValues shown)
    {
        using var scope = new CacheScope(512);
        scope.Add(before);
        scope.Add(name);
        foreach (var value in shown)
            scope.Add(value);
        return scope.ToKey();
    }
}
