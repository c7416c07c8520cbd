using System.Threading.Channels;

namespace Gateway.Caching.Stores;

/// <summary>A near store in front of a far one: looks go to the far one only when the near one has nothing, and what it has is kept near too.</summary>
/// <remarks>
/// What is put goes to the near store at once and to the far one in the background, one after the other; when more waits than
/// <see cref="MostWaiting"/>, the oldest of them is not put there. A removal waits for what was put before it. Other gateways' near stores do
/// not learn of it: an entry lives there for at most <c>nearLife</c>.
/// </remarks>
public sealed class TieredAnswerStore : IAnswerStore
{
    /// <summary>What waits for a far store that is slow: some megabytes of answers, a second or so of a busy gateway's misses.</summary>
    public const int MostWaiting = 1024;

    private readonly IAnswerStore _near;
    private readonly IAnswerStore _far;
    private readonly TimeSpan _nearLife;
    private readonly TimeProvider _time;
    private readonly Channel<FarCall> _waiting;
    private readonly Task _working;
    private readonly CancellationTokenSource _ending = new();
    private long _drops;
    private long _failures;

    /// <param name="near">Completes at once.</param>
    /// <param name="far">One whose calls are bounded.</param>
    /// <param name="nearLife">The longest that an entry is believed without looking into the far store again.</param>
    /// <param name="time">The clock that <paramref name="nearLife"/> is measured by.</param>
    public TieredAnswerStore(IAnswerStore near, IAnswerStore far, TimeSpan nearLife, TimeProvider time)
    {
        (_near, _far, _nearLife, _time) = (near, far, nearLife, time);
        _waiting = Channel.CreateBounded<FarCall>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, Dropped);
        _working = WorkAsync();
    }

    /// <summary>Answers that were never put into the far store because too many waited.</summary>
    public long Drops => Volatile.Read(ref _drops);

    /// <summary>Answers that were not put into the far store because it failed without its guard noticing.</summary>
    public long Failures => Volatile.Read(ref _failures);

    public async ValueTask<CachedAnswer?> GetAsync(CacheKey key, CancellationToken cancel)
    {
        if (await _near.GetAsync(key, cancel) is { } answer)
            return answer;
        if (await _far.GetAsync(key, cancel) is not { } found)
            return null;
        await _near.SetAsync(key, NearCopy(found), cancel);
        return found;
    }

    public async ValueTask SetAsync(CacheKey key, CachedAnswer answer, CancellationToken cancel)
    {
        await _near.SetAsync(key, NearCopy(answer), cancel);
        _waiting.Writer.TryWrite(new FarCall(key, answer, null));
    }

    /// <inheritdoc />
    /// <returns>How many the far store had.</returns>
    public async ValueTask<long> RemoveAsync(EntryFilter filter, CancellationToken cancel)
    {
        await _near.RemoveAsync(filter, cancel);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_waiting.Writer.TryWrite(new FarCall(default, null, reached)))
            await reached.Task.WaitAsync(cancel);
        var removed = await _far.RemoveAsync(filter, cancel);
        // Once more, for what a look brought near meanwhile.
        await _near.RemoveAsync(filter, cancel);
        return removed;
    }

    /// <summary>Puts into the far store what still waits, for as long as its calls are answered, and disposes of both.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await Task.WhenAny(_working, Task.Delay(TimeSpan.FromSeconds(2), _time));
        await _ending.CancelAsync();
        await _working;
        _ending.Dispose();
        await _near.DisposeAsync();
        await _far.DisposeAsync();
    }

    private async Task WorkAsync()
    {
        await foreach (var call in _waiting.Reader.ReadAllAsync())
        {
            call.Reached?.TrySetResult();
            if (call.Answer is null || _ending.IsCancellationRequested)
                continue;
            try
            {
                await _far.SetAsync(call.Key, call.Answer, _ending.Token);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The far store's guard has said why; the answer is near, and will be asked for again.
                Interlocked.Increment(ref _failures);
            }
        }
    }

    private void Dropped(FarCall call)
    {
        call.Reached?.TrySetResult();
        if (call.Answer is not null)
            Interlocked.Increment(ref _drops);
    }

    private CachedAnswer NearCopy(CachedAnswer answer)
    {
        var until = _time.GetUtcNow() + _nearLife;
        return answer.Facts.ExpiresAt <= until ? answer : answer with { Facts = answer.Facts with { ExpiresAt = until } };
    }

    /// <summary>An answer to put into the far store, or somebody who waits until those before are.</summary>
    private readonly record struct FarCall(CacheKey Key, CachedAnswer? Answer, TaskCompletionSource? Reached);
}
