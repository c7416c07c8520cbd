using Gateway.Caching.Stores.Guarding;

namespace Gateway.Caching.Stores;

/// <summary>An index over a network whose faults find nothing.</summary>
public sealed class GuardedVectorIndex(IVectorIndex inner, StoreGuard guard) : IVectorIndex
{
    /// <summary>Its guard, for whoever shows how the index is.</summary>
    public StoreGuard Guard => guard;

    public async ValueTask<IReadOnlyList<Neighbour>> SearchAsync(
        CacheKey scope, ReadOnlyMemory<float> vector, int most, float atLeast, CancellationToken cancel) =>
        (await guard.AskAsync("search", guard.Settings.Budget, limit => inner.SearchAsync(scope, vector, most, atLeast, limit), cancel)).Value ?? [];

    public async ValueTask AddAsync(IndexEntry entry, CancellationToken cancel) =>
        await guard.AskAsync("add", guard.Settings.WriteBudget, async limit =>
        {
            await inner.AddAsync(entry, limit);
            return true;
        }, cancel);

    /// <inheritdoc />
    /// <exception cref="StoreUnreachedException">It could not be done, or not all of it.</exception>
    public async ValueTask<long> RemoveAsync(EntryFilter filter, CancellationToken cancel) =>
        Known(await guard.AskAsync("remove", guard.Settings.RemovalBudget, limit => inner.RemoveAsync(filter, limit), cancel));

    /// <inheritdoc />
    /// <exception cref="StoreUnreachedException">It is not known.</exception>
    public async ValueTask<long> CountAsync(CancellationToken cancel) =>
        Known(await guard.AskAsync("count", guard.Settings.WriteBudget, inner.CountAsync, cancel));

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static long Known((long Value, StoreFault? Fault) answer) =>
        answer.Fault is { } fault ? throw new StoreUnreachedException(fault) : answer.Value;
}
