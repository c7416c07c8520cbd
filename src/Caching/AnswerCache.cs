using Gateway.Caching.Semantic;
using Gateway.Caching.Stores;

namespace Gateway.Caching;

/// <summary>Looks an answer up, by what was asked to the byte and then by what it means, and keeps new ones.</summary>
/// <remarks>
/// It may fail and the request may not: whatever a store throws, and whatever takes longer than the budget, is a miss with its reason.
/// A store in memory answers at once, and then nothing is awaited.
/// </remarks>
/// <param name="exact">The answers, under their exact keys.</param>
/// <param name="semantic">Finds an answer by its ask's meaning; null when that is off.</param>
/// <param name="budget">The longest that one look may take.</param>
/// <param name="time">The clock.</param>
public sealed class AnswerCache(IAnswerStore exact, ISemanticCache? semantic, TimeSpan budget, TimeProvider time)
{
    private const string OutOfReach = "store out of reach";
    private const string TooSlow = "no time left";

    private static readonly CacheLookup.Miss NothingNear = new(null, null);

    private long _epoch;

    /// <summary>Part of every key: a step makes all entries as if they were not there.</summary>
    public long Epoch => Volatile.Read(ref _epoch);

    /// <summary>Whether asks are compared by meaning.</summary>
    public bool IsSemantic => semantic is not null;

    /// <summary>What compares them; null when nothing does.</summary>
    public ISemanticCache? Semantic => semantic;

    /// <summary>Where the answers are.</summary>
    public IAnswerStore Answers => exact;

    /// <summary>Goes on from another epoch; one that is past changes nothing.</summary>
    public void AdvanceTo(long epoch)
    {
        for (var now = Epoch; now < epoch;)
        {
            var seen = Interlocked.CompareExchange(ref _epoch, epoch, now);
            if (seen == now)
                return;
            now = seen;
        }
    }

    /// <summary>Looks an answer up.</summary>
    /// <returns>A hit or a miss.</returns>
    public ValueTask<CacheLookup> LookUpAsync(CacheQuestion question, CancellationToken cancel)
    {
        ValueTask<CachedAnswer?> looking;
        try
        {
            looking = exact.GetAsync(question.Exact, cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new ValueTask<CacheLookup>(new CacheLookup.Miss(OutOfReach, null));
        }

        if (!looking.IsCompletedSuccessfully)
            return new ValueTask<CacheLookup>(WithinBudgetAsync(LookFurtherAsync(looking, question, cancel), cancel));
        if (looking.Result is { } answer)
            return new ValueTask<CacheLookup>(HitOf(question, question.Exact, answer, new SemanticFinding()));
        return semantic is null || question.Ask is null
            ? new ValueTask<CacheLookup>(NothingNear)
            : new ValueTask<CacheLookup>(WithinBudgetAsync(LookByMeaningAsync(question, cancel), cancel));
    }

    /// <summary>Keeps an answer. Off the request's path.</summary>
    /// <exception cref="Exception">Whatever the stores throw.</exception>
    public async ValueTask StoreAsync(CacheQuestion question, CachedAnswer answer, CancellationToken cancel)
    {
        await exact.SetAsync(question.Exact, answer, cancel).ConfigureAwait(false);
        if (semantic is not null && question.Ask is not null)
            await semantic.AddAsync(question, answer.Facts, cancel).ConfigureAwait(false);
    }

    /// <summary>Removes entries.</summary>
    /// <returns>How many answers.</returns>
    /// <exception cref="Exception">Whatever the stores throw.</exception>
    public async ValueTask<long> RemoveAsync(EntryFilter filter, CancellationToken cancel)
    {
        if (semantic is not null)
            await semantic.RemoveAsync(filter, cancel).ConfigureAwait(false);
        return await exact.RemoveAsync(filter, cancel).ConfigureAwait(false);
    }

    private async Task<CacheLookup> LookFurtherAsync(ValueTask<CachedAnswer?> looking, CacheQuestion question, CancellationToken cancel)
    {
        if (await looking.ConfigureAwait(false) is { } answer)
            return HitOf(question, question.Exact, answer, new SemanticFinding());
        return question.Ask is null || semantic is null ? NothingNear : await LookByMeaningAsync(question, cancel).ConfigureAwait(false);
    }

    private async Task<CacheLookup> LookByMeaningAsync(CacheQuestion question, CancellationToken cancel)
    {
        var found = await semantic!.FindAsync(question, cancel).ConfigureAwait(false);
        if (found.Id is not { } id)
            return new CacheLookup.Miss(found.Reason, found.Similarity, found.IsDoubted ? found.Candidate : null);
        return await exact.GetAsync(id, cancel).ConfigureAwait(false) is { } answer
            ? HitOf(question, id, answer, found)
            : new CacheLookup.Miss("answer is gone", found.Similarity);
    }

    /// <summary>The owner is part of every key; a store or an index that mixes them up all the same hands nothing over.</summary>
    private static CacheLookup HitOf(CacheQuestion question, CacheKey id, CachedAnswer answer, SemanticFinding found) =>
        answer.Facts.Owner == question.Owner
            ? new CacheLookup.Hit(id, answer, found.Similarity, found.IsDoubted, found.Candidate)
            : new CacheLookup.Miss("another's answer", null);

    private async Task<CacheLookup> WithinBudgetAsync(Task<CacheLookup> looking, CancellationToken cancel)
    {
        try
        {
            return looking.IsCompleted ? await looking.ConfigureAwait(false) : await looking.WaitAsync(budget, time, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return new CacheLookup.Miss(TooSlow, null);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            return new CacheLookup.Miss(OutOfReach, null);
        }
    }
}
