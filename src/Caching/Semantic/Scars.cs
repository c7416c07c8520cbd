namespace Gateway.Caching.Semantic;

/// <summary>Where entries turned out bad: for a time, asks around there are held to more. Safe for threads.</summary>
/// <param name="time">The clock.</param>
/// <param name="lasting">How long a scar lasts.</param>
internal sealed class Scars(TimeProvider time, TimeSpan lasting)
{
    /// <summary>How near, by the finder, an ask is around another.</summary>
    private const float Around = 0.85f;

    /// <summary>The oldest gives way; 256 of 256 bytes are 64 KiB.</summary>
    private const int Most = 256;

    private readonly Lock _gate = new();
    private readonly Queue<Scar> _scars = new();
    private volatile int _count;

    public int Count => _count;

    public void Add(CacheKey scope, ReadOnlyMemory<sbyte> place)
    {
        lock (_gate)
        {
            if (_scars.Count == Most)
                _scars.Dequeue();
            _scars.Enqueue(new Scar(scope, place, time.GetUtcNow() + lasting));
            _count = _scars.Count;
        }
    }

    /// <summary>Whether an ask lies around a scar.</summary>
    public bool AreAround(CacheKey scope, ReadOnlySpan<float> vector)
    {
        if (_count == 0)
            return false;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            while (_scars.TryPeek(out var oldest) && oldest.Until <= now)
                _scars.Dequeue();
            _count = _scars.Count;
            foreach (var scar in _scars)
            {
                if (scar.Scope == scope && scar.Place.Length == vector.Length && new QuantisedVector(scar.Place, 1).CosineWith(vector) >= Around)
                    return true;
            }

            return false;
        }
    }

    private readonly record struct Scar(CacheKey Scope, ReadOnlyMemory<sbyte> Place, DateTimeOffset Until);
}
