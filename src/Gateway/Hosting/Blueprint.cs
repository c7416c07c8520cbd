using System.Collections.Frozen;
using Gateway.Cache;
using Gateway.Configuration;
using Gateway.Guarding;
using Gateway.Guarding.Remote;
using Gateway.Routing;
using Gateway.Routing.Admission;
using Gateway.Routing.Cascade;
using Gateway.Routing.Complexity;
using Gateway.Routing.Rules;
using Gateway.Upstream;

namespace Gateway.Hosting;

/// <summary>What one valid configuration became: everything a request needs, built once and never changed.</summary>
public sealed class Blueprint(
    GatewayOptions options, Fleet fleet, ModelCatalog catalog, CascadeRouter router, IEnumerable<UpstreamPool> upstreams)
{
    private readonly FrozenDictionary<Pool, UpstreamPool> _upstreams = upstreams.ToFrozenDictionary(upstream => upstream.Pool);

    public GatewayOptions Options { get; } = options;

    public Fleet Fleet { get; } = fleet;

    public ModelCatalog Catalog { get; } = catalog;

    public CascadeRouter Router { get; } = router;

    /// <summary>What scores the prompts of models that have no scorer of their own, where a rule asks.</summary>
    public required IComplexityScorer Scorer { get; init; }

    /// <summary>What is asked before the router is.</summary>
    public required RuleSet Rules { get; init; }

    /// <summary>What may be answered from earlier answers; null when nothing is.</summary>
    public CacheSetup? Cache { get; init; }

    /// <summary>Who inspects requests and answers; null when nobody does.</summary>
    public GuardSetup? Guards { get; init; }

    /// <summary>Those of them that ask someone else, to be taken over by the next configuration; null for a blueprint that is only read.</summary>
    public RemoteGuardSet? RemoteGuards { get; init; }

    public IEnumerable<UpstreamPool> Upstreams => _upstreams.Values;

    /// <summary>Whether every required pool has a replica that may be tried, and that a probe has been to.</summary>
    public bool IsReady => Upstreams.All(upstream =>
        !upstream.Options.Required || upstream.Pool.Replicas.Any(replica => replica.IsAvailable && replica.WasProbed));

    public UpstreamPool UpstreamOf(Pool pool) => _upstreams[pool];

    /// <summary>Whether this pool is one of these.</summary>
    public bool Has(UpstreamPool upstream) => _upstreams.TryGetValue(upstream.Pool, out var mine) && mine == upstream;

    /// <summary>Whether one of these pools has this gate.</summary>
    public bool Shares(AdmissionGate gate) => Upstreams.Any(upstream => upstream.Gate == gate);
}
