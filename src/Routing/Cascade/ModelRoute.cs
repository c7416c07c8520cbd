using System.Collections.Immutable;

namespace Gateway.Routing.Cascade;

/// <summary>A name that callers may ask for, and the pools behind it: one, or a cascade from small to large.</summary>
public sealed class ModelRoute
{
    private readonly ImmutableArray<ImmutableArray<Pool>> _orders;

    /// <param name="name">The name callers ask for.</param>
    /// <param name="cascade">Pools from small to large; one pool when there is nothing to choose.</param>
    /// <param name="fallback">Pools to try when those above cannot answer.</param>
    /// <param name="choice">How a cascade chooses where to start; null when there is one pool.</param>
    public ModelRoute(string name, ImmutableArray<Pool> cascade, ImmutableArray<Pool> fallback, CascadeChoice? choice = null)
    {
        Name = name;
        Cascade = cascade;
        Fallback = fallback;
        Choice = choice;
        _orders = [.. cascade.Select((_, start) => Order(cascade, fallback, start))];
    }

    public string Name { get; }

    public ImmutableArray<Pool> Cascade { get; }

    public ImmutableArray<Pool> Fallback { get; }

    public CascadeChoice? Choice { get; }

    /// <summary>Another way to route its requests that is being tried; null when none is.</summary>
    public Trial? Trial { get; init; }

    /// <summary>The group that its requests may not leave; null when they may go anywhere.</summary>
    public string? Group { get; init; }

    /// <summary>The LoRA adapter that answers for it at the pools of its cascade; null for the pools' own model.</summary>
    public string? Adapter { get; init; }

    /// <summary>Times that one of its streams may go on at another replica when its own goes away; 0 for never.</summary>
    public int MostResumes { get; init; }

    /// <summary>Whether its streams carry token ids as far as the gateway, so that they go on elsewhere token by token.</summary>
    public bool ResumesExactly { get; init; }

    /// <summary>The adapter to ask a pool for; null for the pool's own model. Fallback pools do not have it.</summary>
    public string? AdapterAt(Pool pool) => Adapter is not null && Cascade.Contains(pool) ? Adapter : null;

    /// <summary>Longest context among its pools, in tokens; null when unknown.</summary>
    public int? ContextTokens => Cascade.Max(pool => pool.ContextTokens);

    /// <summary>
    /// The pools to try when the cascade starts at <paramref name="start"/>: that pool, larger ones upwards, the fallback, and
    /// only then smaller ones, since a weaker answer that says where it came from is worth more than an error.
    /// </summary>
    public ImmutableArray<Pool> OrderFrom(int start) => _orders[start];

    private static ImmutableArray<Pool> Order(ImmutableArray<Pool> cascade, ImmutableArray<Pool> fallback, int start) =>
        [.. cascade.Skip(start), .. fallback, .. cascade.Take(start).Reverse()];
}
