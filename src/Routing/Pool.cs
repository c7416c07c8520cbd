using System.Buffers;
using System.Collections.Immutable;
using Gateway.Routing.Balancing;
using Gateway.Routing.Health;

namespace Gateway.Routing;

/// <summary>Replicas that serve one model, and the policy that picks among them.</summary>
public sealed class Pool(string name, string model, int? contextTokens, ImmutableArray<Replica> replicas, IReplicaPicker picker)
{
    // One reference inside, so it is read and replaced in one piece.
    private ImmutableArray<Replica> _replicas = replicas;

    public string Name { get; } = name;

    /// <summary>The name the replicas serve.</summary>
    public string Model { get; } = model;

    /// <summary>Longest prompt and answer together, in tokens; null when unknown.</summary>
    public int? ContextTokens { get; } = contextTokens;

    /// <summary>Who serves it at the moment; a snapshot, since discovery may replace it at any time.</summary>
    public ImmutableArray<Replica> Replicas => _replicas;

    /// <summary>The group it belongs to; requests bound to a group stay within it. Null: none.</summary>
    public string? Group { get; init; }

    /// <summary>What its tokens cost; null when unknown.</summary>
    public TokenPrice? Price { get; init; }

    /// <summary>How long its answers take to begin; null where nobody notes it.</summary>
    public FirstTokenTimes? FirstTokens { get; init; }

    /// <summary>Whether its picker looks at a request's blocks: of one replica there is nothing to pick.</summary>
    public bool ReadsPrefix => picker.ReadsPrefix && _replicas.Length > 1;

    /// <summary>How far probes are believed, and how newcomers begin; null: always, and like all others.</summary>
    public Eligibility? Eligibility { get; init; }

    /// <summary>Whether so many members seem out of reach that probes are not believed.</summary>
    public bool IgnoresProbes => Eligibility?.IgnoresProbes(Replicas) ?? false;

    /// <summary>Whether any replica may be tried now.</summary>
    public bool IsAvailable
    {
        get
        {
            foreach (var replica in Replicas)
            {
                if (replica.IsAvailable)
                    return true;
            }

            return false;
        }
    }

    /// <summary>Replaces the members, as found by discovery. Requests under way keep the replica they are at.</summary>
    public void Become(ImmutableArray<Replica> replicas) => ImmutableInterlocked.InterlockedExchange(ref _replicas, replicas);

    /// <summary>Picks a replica that is not among <paramref name="tried"/> and passes its breaker.</summary>
    /// <param name="tried">Replicas this request has already been to.</param>
    /// <param name="evenUnavailable">
    /// Ask for any replica, also one that is thought to be down. Right when the alternative is to fail the request: what we
    /// believe of a replica may be stale, and an attempt costs less than an error.
    /// </param>
    /// <param name="request">What is known of the request, for pickers that look at it.</param>
    public Picked? Pick(IReadOnlyList<Replica> tried, bool evenUnavailable = false, PickRequest request = default)
    {
        var replicas = Replicas;
        var candidates = ArrayPool<Replica>.Shared.Rent(replicas.Length);
        try
        {
            while (Filter(replicas, tried, evenUnavailable, candidates, request.Adapter) is var count and > 0)
            {
                var (replica, forecast) = picker.Pick(candidates.AsSpan(0, count), request);
                var pass = evenUnavailable ? replica.Breaker.Force() : replica.Breaker.TryEnter();
                if (pass != BreakerPass.Refused)
                    return new Picked(replica, pass, forecast);
            }

            return null;
        }
        finally
        {
            ArrayPool<Replica>.Shared.Return(candidates, clearArray: true);
        }
    }

    /// <summary>Whether a replica that is not among <paramref name="tried"/> may be tried now.</summary>
    public bool HasUntried(IReadOnlyList<Replica> tried)
    {
        var replicas = Replicas;
        var ignoreProbes = Eligibility?.IgnoresProbes(replicas) ?? false;
        foreach (var replica in replicas)
        {
            if (replica.MayBeTried(ignoreProbes) && !IsTried(tried, replica))
                return true;
        }

        return false;
    }

    private int Filter(ImmutableArray<Replica> replicas, IReadOnlyList<Replica> tried, bool evenUnavailable, Replica[] candidates, string? adapter)
    {
        var count = 0;
        if (evenUnavailable)
        {
            // One that drains only when nobody else is left: it answers as long as it is there.
            for (var drains = 0; drains < 2 && count == 0; drains++)
            {
                foreach (var replica in replicas)
                {
                    if (replica.Notice is null == (drains == 0) && !IsTried(tried, replica))
                        candidates[count++] = replica;
                }
            }

            return Prefer(candidates.AsSpan(0, count), adapter);
        }

        var ignoreProbes = Eligibility?.IgnoresProbes(replicas) ?? false;
        foreach (var replica in replicas)
        {
            if (replica.MayBeTried(ignoreProbes) && !IsTried(tried, replica))
                candidates[count++] = replica;
        }

        count = Prefer(candidates.AsSpan(0, count), adapter);
        return Eligibility?.Thin(candidates.AsSpan(0, count)) ?? count;
    }

    /// <summary>Puts those first that are known to have the adapter; when none is, all will do, since what is known may be old.</summary>
    /// <returns>How many of the first ones are candidates.</returns>
    private static int Prefer(Span<Replica> candidates, string? adapter)
    {
        var holders = 0;
        for (var i = 0; adapter is not null && i < candidates.Length; i++)
        {
            if (candidates[i].IsKnownToServe(adapter))
            {
                (candidates[holders], candidates[i]) = (candidates[i], candidates[holders]);
                holders++;
            }
        }

        return holders == 0 ? candidates.Length : holders;
    }

    private static bool IsTried(IReadOnlyList<Replica> tried, Replica replica)
    {
        for (var i = 0; i < tried.Count; i++)
        {
            if (ReferenceEquals(tried[i], replica))
                return true;
        }

        return false;
    }
}

/// <summary>A replica to send one attempt to.</summary>
/// <param name="Replica">The replica.</param>
/// <param name="Pass">The breaker's pass, which the attempt's end must be reported with.</param>
/// <param name="Forecast">What the picker expects there.</param>
public readonly record struct Picked(Replica Replica, BreakerPass Pass, Forecast Forecast = default);
