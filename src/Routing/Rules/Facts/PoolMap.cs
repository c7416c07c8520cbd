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
        // Nobody scrapes the replicas yet.
        ("kv_use", CelType.Double, _ => CelValue.Of(0.0)),
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

    private static long InFlight(Pool pool)
    {
        var count = 0;
        foreach (var replica in pool.Replicas)
            count += replica.InFlight;
        return count;
    }
}
