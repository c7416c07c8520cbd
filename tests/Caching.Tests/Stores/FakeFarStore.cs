using Gateway.Caching.Stores;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Caching.Tests.Stores;

/// <summary>A store whose calls do what a test says: answer, fail, or never end and not listen to who gives up.</summary>
internal sealed class FakeFarStore : IAnswerStore
{
    private readonly MemoryAnswerStore _kept = new(1 << 20, new FakeTimeProvider(Samples.Start));

    /// <summary>What a call waits for before it does anything.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    /// <summary>How many calls were made.</summary>
    public int Calls { get; private set; }

    /// <summary>The token of the last call.</summary>
    public CancellationToken LastToken { get; private set; }

    public async ValueTask<CachedAnswer?> GetAsync(CacheKey key, CancellationToken cancel)
    {
        await BeginAsync(cancel);
        return await _kept.GetAsync(key, cancel);
    }

    public async ValueTask SetAsync(CacheKey key, CachedAnswer answer, CancellationToken cancel)
    {
        await BeginAsync(cancel);
        await _kept.SetAsync(key, answer, cancel);
    }

    public async ValueTask<long> RemoveAsync(EntryFilter filter, CancellationToken cancel)
    {
        await BeginAsync(cancel);
        return await _kept.RemoveAsync(filter, cancel);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task BeginAsync(CancellationToken cancel)
    {
        (Calls, LastToken) = (Calls + 1, cancel);
        return Before();
    }
}
