using System.Collections.Immutable;
using Gateway.Cache;
using Gateway.Configuration;
using Gateway.Dispatch;
using Gateway.Guarding;
using Gateway.Guarding.Remote;
using Gateway.Routing;
using Gateway.Routing.Admission;
using Gateway.Routing.Balancing;
using Gateway.Routing.Cascade;
using Gateway.Routing.Conversations;
using Gateway.Routing.Health;
using Gateway.Routing.Learning;
using Gateway.Upstream;

namespace Gateway.Hosting;

/// <summary>Builds a blueprint from options that have passed every check.</summary>
/// <remarks>
/// What a running gateway has learned outlives a reload: a replica that the previous blueprint knew under the same pool and
/// address is taken over with its breaker and its requests in flight, and so are the times of a pool's answers, its queue, and the connections
/// of a pool whose way of connecting did not change.
/// </remarks>
public sealed class BlueprintBuilder(TimeProvider time, Random chance, LiveCorrections? corrections = null)
{
    private readonly ConversationMemory _conversations = new(time);
    private bool _isServed = true;

    /// <summary>A blueprint that is read and never served: nothing is drawn, and nothing is opened.</summary>
    public static Blueprint ToRead(GatewayOptions options) =>
        new BlueprintBuilder(TimeProvider.System, new Random(0)) { _isServed = false }.Build(options);

    public Blueprint Build(GatewayOptions options, Blueprint? previous = null)
    {
        var upstreams = options.Pools.Select(pair => BuildUpstream(pair.Key, pair.Value, options, previous)).ToList();
        var fleet = new Fleet(upstreams.Select(upstream => upstream.Pool));
        var catalog = CatalogBuilder.Build(options, fleet, previous);
        var remotes = _isServed ? new RemoteGuardSet(upstreams, previous?.RemoteGuards, time) : null;
        return new Blueprint(options, fleet, catalog, new CascadeRouter(_conversations, corrections), upstreams)
        {
            Scorer = Scorers.Create(options.Routing),
            Rules = RuleSetBuilder.Build(options, fleet, catalog),
            Guards = GuardBuilder.Build(options, remotes is null ? null : (name, guard) => remotes.For(name, guard)!),
            RemoteGuards = remotes,
            Cache = _isServed ? CacheBuilder.Build(options, upstreams, catalog, previous?.Cache, (time, chance)) : null,
        };
    }

    private UpstreamPool BuildUpstream(string name, PoolOptions pool, GatewayOptions options, Blueprint? previous)
    {
        var before = previous?.Upstreams.FirstOrDefault(upstream => upstream.Pool.Name == name);
        var connections = before is not null && before.Options.ApiKey == pool.ApiKey && before.Options.Timeouts == pool.Timeouts && before.Connections.TlsStamp == TlsFiles.Stamp(pool.Tls)
            ? before.Connections
            : new PoolConnections(pool);
        var budget = new RetryBudget(options.Retries.BudgetRatio, options.Retries.BudgetPerSecond, time);
        var picker = ReplicaPickers.Create(pool.Balancing, new PickerSettings(chance, time, pool.FirstTokenObjective));
        var built = new Pool(name, pool.Model, pool.ContextTokens, MembersOf(pool, before), picker)
        {
            Price = PriceOf(pool),
            Group = pool.Group,
            Eligibility = new Eligibility(new HealthSettings(pool.Health.Panic, pool.Health.SlowStart), time, chance),
            FirstTokens = before?.Pool.FirstTokens ?? new FirstTokenTimes(time),
        };
        return new UpstreamPool(built, pool, connections, budget) { Gate = GateOf(pool.Admission, built, before) };
    }

    private AdmissionGate GateOf(AdmissionOptions options, Pool pool, UpstreamPool? before)
    {
        var settings = new AdmissionSettings(
            options.Enabled, options.InFlightPerReplica, options.Queue, options.QueueTimeout, options.BatchPriority, options.BatchShare);
        var gate = before?.Gate ?? new AdmissionGate(settings, time);
        gate.Become(settings);
        gate.Tick(pool);
        return gate;
    }

    /// <summary>The replicas that the file lists; of a pool that discovers them, those it had, until its source says more.</summary>
    private ImmutableArray<Replica> MembersOf(PoolOptions pool, UpstreamPool? before)
    {
        var known = before?.Pool.Replicas ?? [];
        var addresses = pool.Discover is null ? pool.Replicas.Select(BaseAddress) : known.Select(replica => replica.Address);
        return [.. addresses.Select(address => MemberAt(address, pool, before))];
    }

    private Replica MemberAt(Uri address, PoolOptions pool, UpstreamPool? before)
    {
        var known = before?.Pool.Replicas.FirstOrDefault(replica => replica.Address == address);
        if (known is not null && before!.Options.Breaker == pool.Breaker)
            return known;
        var settings = new BreakerSettings(pool.Breaker.Faults, pool.Breaker.Open, pool.Breaker.MaxOpen);
        var replica = new Replica(address, new CircuitBreaker(settings, time));
        if (known is not null)
            replica.TakeOver(known);
        return replica;
    }

    /// <summary>The address as a base that paths are resolved against: with its closing slash.</summary>
    private static Uri BaseAddress(Uri address) =>
        address.AbsolutePath.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");

    private static TokenPrice? PriceOf(PoolOptions pool) =>
        pool.Price is { } price
            ? new TokenPrice((double)price.Input, (double)(price.CachedInput ?? price.Input), (double)price.Output)
            : null;
}
