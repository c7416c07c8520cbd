using Gateway.Caching.Semantic.Bounds;
using Gateway.Caching.Stores;

namespace Gateway.Caching.Semantic;

/// <summary>Finds an entry whose ask means the same: near by the finder, nowhere different, near enough by the confirmer for its class.</summary>
/// <remarks>
/// What the index or an embedder throws is thrown on: whoever asks over a network bounds both. All else that goes wrong is a miss with its
/// reason.
/// </remarks>
/// <param name="parts">What it works with.</param>
/// <param name="bars">How near is near enough.</param>
/// <param name="settings">How it looks.</param>
/// <param name="time">The clock of its budgets and scars.</param>
public sealed class SemanticCache(SemanticParts parts, LearnedBars bars, SemanticSettings settings, TimeProvider time) : ISemanticCache
{
    private readonly Scars _scars = new(time, settings.ScarFor);
    private readonly Confirmation? _confirmation =
        parts.Confirmer is { } confirmer ? new Confirmation(confirmer, settings.ConfirmWithin, time) : null;

    /// <summary>The bars of its classes.</summary>
    public LearnedBars Bars => bars;

    /// <inheritdoc/>
    public async ValueTask<SemanticFinding> FindAsync(CacheQuestion question, CancellationToken cancel)
    {
        if (Unfit(question.Ask) is { } unfit)
            return Miss(unfit);
        var ask = question.Ask!;
        var vector = new float[parts.Finder.Dimensions];
        if (await parts.Finder.EmbedAsync(ask, vector, cancel) is { } reason)
            return Miss(reason);
        var neighbours = await parts.Index.SearchAsync(question.Scope, vector, settings.Candidates, settings.FindAbove, cancel);
        if (neighbours.Count == 0)
            return default;
        var known = Alike(ask, neighbours, out var difference);
        if (known.Count == 0)
            return new SemanticFinding(null, neighbours[0].Similarity, false, difference);
        var (nearest, blocked) = _confirmation is null ? (known[0], null) : await _confirmation.NearestAsync(ask, known, cancel);
        return blocked is not null
            ? new SemanticFinding(null, neighbours[0].Similarity, false, blocked)
            : Hold(question, ask, vector, nearest);
    }

    /// <inheritdoc/>
    public async ValueTask AddAsync(CacheQuestion question, EntryFacts facts, CancellationToken cancel)
    {
        if (Unfit(question.Ask) is not null)
            return;
        var ask = question.Ask!;
        var vector = new float[parts.Finder.Dimensions];
        if (await parts.Finder.EmbedAsync(ask, vector, cancel) is not null)
            return;
        var payload = new AskPayload(ask, "", default);
        if (parts.Confirmer is { } confirmer)
        {
            var confirming = new float[confirmer.Dimensions];
            if (await confirmer.EmbedAsync(ask, confirming, cancel) is not null)
                return;
            payload = new AskPayload(ask, confirmer.Version, QuantisedVector.Of(confirming));
        }

        await parts.Index.AddAsync(new IndexEntry(question.Exact, question.Scope, vector, facts, payload.Write()), cancel);
    }

    /// <inheritdoc/>
    public ValueTask<long> RemoveAsync(EntryFilter filter, CancellationToken cancel) => parts.Index.RemoveAsync(filter, cancel);

    /// <summary>Takes word of whether a candidate's answer was right: the bar of its class learns, and after a wrong one the entry goes and the asks around it are held to more.</summary>
    public async ValueTask JudgeAsync(SemanticCandidate candidate, bool wasRight, VerdictSource source, CancellationToken cancel)
    {
        if (wasRight && source == VerdictSource.Caller)
            return;
        bars.Learn(candidate.Class, candidate.Similarity, wasRight, candidate.IsHit);
        if (wasRight || !candidate.IsHit)
            return;
        _scars.Add(candidate.Scope, candidate.Place);
        await parts.Index.RemoveAsync(new EntryFilter(candidate.Id), cancel);
    }

    /// <summary>How many entries can be found.</summary>
    public ValueTask<long> CountAsync(CancellationToken cancel) => parts.Index.CountAsync(cancel);

    /// <summary>How near two texts are, by the embedder whose word counts; null when it has none for one of them.</summary>
    public async ValueTask<float?> NearnessAsync(string one, string other, CancellationToken cancel)
    {
        var embedder = parts.Confirmer ?? parts.Finder;
        var (first, second) = (new float[embedder.Dimensions], new float[embedder.Dimensions]);
        return await embedder.EmbedAsync(one, first, cancel) is null && await embedder.EmbedAsync(other, second, cancel) is null
            ? QuantisedVector.Of(first).CosineWith(second)
            : null;
    }

    /// <summary>Where two texts differ in what matters; null nowhere.</summary>
    public string? Differ(string one, string other) => parts.Differ(one, other);

    private static SemanticFinding Miss(string reason) => new(null, null, false, reason);

    private string? Unfit(string? ask) =>
        string.IsNullOrWhiteSpace(ask) ? "no ask to compare"
        : ask.Length > settings.LongestAsk ? "ask too long to compare"
        : null;

    /// <summary>The neighbours that differ nowhere, nearest first; and where the nearest of the others does.</summary>
    private List<KnownAsk> Alike(string ask, IReadOnlyList<Neighbour> neighbours, out string? difference)
    {
        difference = null;
        var alike = new List<KnownAsk>(neighbours.Count);
        foreach (var neighbour in neighbours)
        {
            if (AskPayload.Read(neighbour.Payload) is not { } payload)
                difference ??= "entry of another version";
            else if (parts.Differ(payload.Text, ask) is { } differs)
                difference ??= differs;
            else
                alike.Add(new KnownAsk(neighbour.Id, neighbour.Similarity, payload));
        }

        return alike;
    }

    /// <summary>Holds the nearest entry against the bar.</summary>
    private SemanticFinding Hold(CacheQuestion question, string ask, float[] vector, KnownAsk nearest)
    {
        var asks = AskClass.Of(question.Model, ask);
        var bar = bars.BarOf(asks);
        var isAroundScar = _scars.AreAround(question.Scope, vector);
        if (isAroundScar)
            bar += settings.ScarRaise;
        var isHit = nearest.Similarity >= bar;
        var isDoubted = bars.ShallDoubt(asks, nearest.Similarity, bar);
        var candidate = isHit || isDoubted
            ? new SemanticCandidate(nearest.Id, question.Scope, asks, nearest.Similarity, bar, QuantisedVector.Of(vector).Values)
            : null;
        if (isHit)
            return new SemanticFinding(nearest.Id, nearest.Similarity, isDoubted, null, candidate);
        var reason = isAroundScar ? "near a bad entry" : bar > 1 ? "class too often wrong" : "not near enough";
        return new SemanticFinding(null, nearest.Similarity, isDoubted, reason, candidate);
    }
}

/// <summary>An entry that differs nowhere from an ask.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Similarity">How near it is.</param>
/// <param name="Payload">What is kept of its ask.</param>
internal readonly record struct KnownAsk(CacheKey Id, float Similarity, AskPayload Payload);
