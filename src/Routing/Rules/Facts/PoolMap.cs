using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Facts;

/// <summary>A pool as rules see it.</summary>
internal sealed class PoolMap(Pool pool) : CelMap
{
    private static readonly (string Name, CelType Type, Func<Pool, CelValue> Read)[] All =
    [
        ("replicas", CelType.Int, pool => CelValue.Of((long)pool.Replicas.Length)),
        ("healthy", CelType.Int, pool => CelValue.Of(Healthy(pool))),
        ("in_flight", CelType.Int, pool => CelValue.Of(InFlight(pool))),
        ("waiting", CelType.Int, pool => CelValue.Of(Waiting(pool))),
        ("kv_use", CelType.Double, pool => CelValue.Of(KvUse(pool))),
        ("first_token_p95", CelType.Duration, pool => CelValue.Of(FirstTokenP95(pool))),
    ];

    private static readonly ValueList Names = new([.. All.Select(known => CelValue.Of(known.Name))]);

    public static IEnumerable<string> Fields => All.Select(known => known.Name);

    public override int Count => All.Length;

    public override CelList Keys => Names;

    public static CelType TypeOf(string field) => Array.Find(All, known => known.Name == field).Type;

    /// <param name="field">One of <see cref="Fields"/>.</param>
    public CelValue Read(string field)
    {
        foreach (var known in All)
        {
            if (known.Name == field)
                return known.Read(pool);
        }

        return CelValue.Null;
    }

    public override bool TryGet(in CelValue key, out CelValue value)
    {
        value = key.Kind == CelKind.Text ? Read(key.AsText) : CelValue.Null;
        return value.Kind != CelKind.Null;
    }

    private static CelDuration FirstTokenP95(Pool pool) =>
        new((pool.FirstTokens?.P95 ?? TimeSpan.Zero).Ticks * TimeSpan.NanosecondsPerTick);

    private static long Healthy(Pool pool)
    {
        var count = 0;
        foreach (var replica in pool.Replicas)
            count += replica.IsAvailable ? 1 : 0;
        return count;
    }

    /// <summary>Requests in the queues of the replicas whose load is known.</summary>
    private static long Waiting(Pool pool)
    {
        var count = 0L;
        foreach (var replica in pool.Replicas)
            count += replica.Load?.Waiting ?? 0;
        return count;
    }

    /// <summary>The mean over the replicas whose load is known; 0 when none is.</summary>
    private static double KvUse(Pool pool)
    {
        var (sum, known) = (0.0, 0);
        foreach (var replica in pool.Replicas)
        {
            if (replica.Load is { } load)
                (sum, known) = (sum + load.KvUse, known + 1);
        }

        return known == 0 ? 0 : sum / known;
    }

    private static long InFlight(Pool pool)
    {
        var count = 0;
        foreach (var replica in pool.Replicas)
            count += replica.InFlight;
        return count;
    }
}
