using System.Collections.Concurrent;

namespace Gateway.Caching.Semantic.Bounds;

/// <summary>How near is near enough, by class of asks: learned from verdicts, so that no more than a bearable share of hits is wrong. Safe for threads.</summary>
/// <remarks>
/// What it holds to: of a class's hits at most the bearable share is wrong, beyond a number of wrong ones that it takes to notice that a class is
/// bad, or has become so; docs/caching-quality.md has that number, measured. The verdicts have to be right for it to be.
/// </remarks>
/// <param name="settings">The bars before anything is learned, and how they move.</param>
/// <param name="time">The clock by which verdicts fade.</param>
/// <param name="chance">Decides what is checked.</param>
public sealed class LearnedBars(SemanticSettings settings, TimeProvider time, Random chance)
{
    /// <summary>From so many verdicts on a class speaks for itself; before, the bar of its model counts where that is higher.</summary>
    internal const float Enough = 60;

    /// <summary>Nine classes of a model, some models: this is far away, and a bound on what a snapshot may hold.</summary>
    private const int Most = 4_096;

    private readonly ConcurrentDictionary<AskClass, ClassBar> _classes = new();
    private readonly Lock _chanceGate = new();

    /// <summary>How near an entry must be to answer an ask of a class; above 1 none may.</summary>
    public float BarOf(AskClass asks)
    {
        var own = Find(asks);
        if (own.Total >= Enough)
            return own.Bar;
        var whole = Find(asks.OfModel);
        return whole.Bar > whole.Configured ? MathF.Max(own.Bar, whole.Bar) : own.Bar;
    }

    /// <summary>Whether to check a candidate.</summary>
    /// <param name="asks">Its class.</param>
    /// <param name="similarity">How near it is.</param>
    /// <param name="bar">The bar it was held against.</param>
    public bool ShallDoubt(AskClass asks, float similarity, float bar)
    {
        var bound = settings.Bound;
        if (bound.CheckedHits <= 0)
            return false;
        var lowest = MathF.Min(bar, settings.PriorOf(asks)) - bound.NearMiss;
        if (similarity < lowest)
            return false;
        var share = similarity < bar ? bound.CheckedMisses : Find(asks).IsWary ? Math.Max(bound.CheckedWhenWary, bound.CheckedHits) : bound.CheckedHits;
        lock (_chanceGate)
            return chance.NextDouble() < share;
    }

    /// <summary>Takes a verdict.</summary>
    public void Learn(AskClass asks, float similarity, bool wasRight, bool wasHit)
    {
        var now = time.GetUtcNow();
        Find(asks).Learn(similarity, wasRight, wasHit, now);
        if (asks != asks.OfModel)
            Find(asks.OfModel).Learn(similarity, wasRight, wasHit, now);
    }

    /// <summary>All classes that were met, by name.</summary>
    public IReadOnlyList<ClassReport> Report() =>
        [.. _classes.Select(pair => pair.Value.Report(pair.Key)).OrderBy(report => report.Class, StringComparer.Ordinal)];

    /// <summary>All that was learned, as bytes.</summary>
    public byte[] Save() => BarSnapshot.Write([.. _classes.Where(pair => pair.Value.Total > 0).Select(pair => pair.Value.Remember(pair.Key))]);

    /// <summary>Takes up what <see cref="Save"/> gave; bytes of another format are ignored.</summary>
    /// <returns>Whether it did.</returns>
    public bool Load(ReadOnlySpan<byte> bytes)
    {
        if (BarSnapshot.Read(bytes) is not { } memories)
            return false;
        foreach (var memory in memories)
            Find(memory.Class).Recall(memory);
        return true;
    }

    private ClassBar Find(AskClass asks)
    {
        if (_classes.TryGetValue(asks, out var known))
            return known;
        if (_classes.Count >= Most)
            asks = asks.OfModel with { Model = "" };
        return _classes.GetOrAdd(asks, static (asks, settings) => new ClassBar(settings.PriorOf(asks), settings.Bound), settings);
    }
}
