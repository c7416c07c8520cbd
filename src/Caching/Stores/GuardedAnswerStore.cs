using Gateway.Caching.Stores.Guarding;

namespace Gateway.Caching.Stores;

/// <summary>A store over a network whose faults are misses.</summary>
public sealed class GuardedAnswerStore(IAnswerStore inner, StoreGuard guard) : IAnswerStore
{
    /// <summary>Its guard, for whoever shows how the store is.</summary>
    public StoreGuard Guard => guard;

    public async ValueTask<CachedAnswer?> GetAsync(CacheKey key, CancellationToken cancel) =>
        (await guard.AskAsync("get", guard.Settings.Budget, limit => inner.GetAsync(key, limit), cancel)).Value;

    public async ValueTask SetAsync(CacheKey key, CachedAnswer answer, CancellationToken cancel) =>
        await guard.AskAsync("set", guard.Settings.WriteBudget, async limit =>
        {
            await inner.SetAsync(key, answer, limit);
            return true;
        }, cancel);

    /// <inheritdoc />
    /// <exception cref="StoreUnreachedException">It could not be done, or not all of it.</exception>
    public async ValueTask<long> RemoveAsync(EntryFilter filter, CancellationToken cancel)
    {
        var (removed, fault) = await guard.AskAsync("remove", guard.Settings.RemovalBudget, limit => inner.RemoveAsync(filter, limit), cancel);
        return fault is { } known ? throw new StoreUnreachedException(known) : removed;
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
