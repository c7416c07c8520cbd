using System.Collections.Frozen;
using System.Collections.Immutable;
using Gateway.Cache.Storage;
using Gateway.Caching;
using Gateway.Configuration;
using Gateway.Routing;
using Gateway.Routing.Cascade;
using Gateway.Routing.Rules;

namespace Gateway.Cache;

/// <summary>What one configuration made of the cache; the answers themselves outlive it.</summary>
public sealed class CacheSetup
{
    private static readonly CachePolicy Usual = new(false, null, []);

    private readonly FrozenDictionary<string, CachePolicy> _models;
    private readonly FrozenDictionary<string, CachePolicy> _rules;
    private readonly FrozenDictionary<Pool, CacheKey> _pools;
    private readonly FrozenDictionary<ModelRoute, CacheKey> _routes;

    /// <param name="options">The <c>cache</c> section.</param>
    /// <param name="all">The whole file.</param>
    /// <param name="routes">Every model there is.</param>
    /// <param name="pools">Every pool.</param>
    /// <param name="storage">Where the answers are.</param>
    public CacheSetup(CacheOptions options, GatewayOptions all, IEnumerable<ModelRoute> routes, IEnumerable<Pool> pools, CacheStorage storage)
    {
        (Options, Storage) = (options, storage);
        Limits = new CacheLimits(options.MaxTemperature, options.MaxRequestBytes);
        _models = all.Models.Where(pair => pair.Value.Cache is not null)
            .ToFrozenDictionary(pair => pair.Key, pair => PolicyOf(pair.Value.Cache!));
        _rules = all.Rules.Where(rule => rule.Cache is not null).ToFrozenDictionary(rule => rule.Name, rule => PolicyOf(rule.Cache!));
        _pools = pools.ToFrozenDictionary(pool => pool, pool => KeyOf(pool, all.Pools[pool.Name]));
        _routes = routes.ToFrozenDictionary(route => route, KeyOf);
    }

    public CacheOptions Options { get; }

    /// <summary>Where the answers are; the same one over reloads that do not change that.</summary>
    public CacheStorage Storage { get; }

    public AnswerCache Answers => Storage.Answers;

    public CacheLimits Limits { get; }

    /// <summary>Whether all callers share one cache.</summary>
    public bool IsForEveryone => Options.Scope == CacheOptions.Everyone;

    /// <summary>The embedder whose vectors are compared; null when none are.</summary>
    public string? EmbedderVersion => Storage.EmbedderVersion;

    /// <summary>What the model asked for, the model routed to and the rules that matched say of the cache; the rules have the last word.</summary>
    public CachePolicy PolicyFor(ModelRoute asked, ModelRoute route, RuleDecision? ruling)
    {
        var policy = With(Usual, _models, asked.Name);
        if (route != asked)
            policy = With(policy, _models, route.Name);
        for (var i = 0; i < ruling?.Matched.Count && _rules.Count > 0; i++)
            policy = With(policy, _rules, ruling.Matched[i].Name);
        return policy;
    }

    /// <summary>Whether asks of requests that are bound to a group may be compared by meaning: not where that takes them to a pool outside it.</summary>
    /// <param name="group">The group; null for a request that may go anywhere.</param>
    public bool Compares(string? group) =>
        Answers.IsSemantic && (group is null || Storage.Pool is not { } embedder || embedder.Group == group);

    /// <summary>How long an answer is kept.</summary>
    /// <param name="policy">What is said of the request.</param>
    /// <param name="isCompared">Whether it can be found by meaning too.</param>
    public TimeSpan LifetimeOf(CachePolicy policy, bool isCompared) =>
        policy.Ttl ?? (isCompared && Options.Semantic is { } semantic && semantic.Ttl > Options.Exact.Ttl ? semantic.Ttl : Options.Exact.Ttl);

    /// <summary>Adds who may answer: the pools of the plan where it is made already, else those of the route.</summary>
    public void AddServed(ref CacheScope scope, ModelRoute route, RoutePlan? plan)
    {
        if (plan is null)
        {
            scope.Add(_routes[route]);
            return;
        }

        foreach (var pool in plan.Pools)
        {
            scope.Add(_pools[pool]);
            scope.Add(route.AdapterAt(pool));
        }
    }

    private static CachePolicy With(CachePolicy policy, FrozenDictionary<string, CachePolicy> said, string name) => said.TryGetValue(name, out var more)
        ? new CachePolicy(policy.Bypass || more.Bypass, more.Ttl ?? policy.Ttl, policy.Tags.IsEmpty ? more.Tags : policy.Tags.AddRange(more.Tags))
        : policy;

    private static CachePolicy PolicyOf(CachePolicyOptions options) => new(options.Bypass, options.Ttl, [.. options.Tags]);

    private static CacheKey KeyOf(Pool pool, PoolOptions options)
    {
        using var scope = new CacheScope(256);
        scope.Add(pool.Name);
        scope.Add(pool.Model);
        scope.Add(options.Revision);
        return scope.ToKey();
    }

    private CacheKey KeyOf(ModelRoute route)
    {
        var scope = new CacheScope(256);
        scope.Add(route.Name);
        foreach (var pool in route.Cascade.AddRange(route.Fallback))
        {
            scope.Add(_pools[pool]);
            scope.Add(route.AdapterAt(pool));
        }

        var key = scope.ToKey();
        scope.Dispose();
        return key;
    }
}

/// <summary>What the configuration says of the cache for some requests.</summary>
/// <param name="Bypass">Whether they are neither looked up nor kept.</param>
/// <param name="Ttl">How long their answers are kept; null as usual.</param>
/// <param name="Tags">Words that their entries are found by.</param>
public sealed record CachePolicy(bool Bypass, TimeSpan? Ttl, ImmutableArray<string> Tags);
