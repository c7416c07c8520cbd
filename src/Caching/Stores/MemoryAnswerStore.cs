using System.Numerics;
using System.Runtime.InteropServices;
using Gateway.Caching.Stores.Memory;
using Gateway.Caching.Stores.Snapshots;

namespace Gateway.Caching.Stores;

/// <summary>Answers in this process's memory, bounded by what they weigh; what is asked for often stays.</summary>
/// <remarks>
/// Keys are spread over shards that each have a lock, a share of the bytes and an admission policy of their own
/// (<see cref="AnswerShard"/>). A hit allocates nothing. Answers are kept as they are: nobody may change their bytes any more.
/// </remarks>
public sealed class MemoryAnswerStore : IAnswerStore
{
    /// <summary>What an entry weighs beside its body and its words: six objects, a slot of a hash table, the sketch's share.</summary>
    /// <remarks>Measured as 344 bytes an entry on .NET 10, 64-bit, over 100,000 entries with bodies of one byte.</remarks>
    private const int Overhead = 384;

    /// <summary>A shard is at least this big, so that a big answer finds room in one.</summary>
    private const long ShardBytes = 4 << 20;

    /// <summary>More shards than a machine has threads at once are of no use.</summary>
    private const long MostShards = 64;

    private readonly AnswerShard[] _shards;
    private readonly TimeProvider _time;

    /// <param name="bytes">What all answers together may weigh; 0 keeps none.</param>
    /// <param name="time">The clock that entries expire by.</param>
    public MemoryAnswerStore(long bytes, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        var count = (int)BitOperations.RoundUpToPowerOf2((ulong)Math.Clamp(bytes / ShardBytes, 1, MostShards));
        _shards = new AnswerShard[count];
        for (var i = 0; i < count; i++)
            _shards[i] = new AnswerShard(bytes / count);
        _time = time;
    }

    /// <summary>Sizes and counts, over all shards.</summary>
    public StoreFigures Figures => _shards.Aggregate(default(StoreFigures), (sum, shard) => sum + shard.Figures);

    public ValueTask<CachedAnswer?> GetAsync(CacheKey key, CancellationToken cancel) => new(ShardOf(key).Get(key, _time.GetUtcNow()));

    public ValueTask SetAsync(CacheKey key, CachedAnswer answer, CancellationToken cancel)
    {
        var whole = Whole(answer);
        ShardOf(key).Set(key, whole, Weight(whole), _time.GetUtcNow());
        return ValueTask.CompletedTask;
    }

    public ValueTask<long> RemoveAsync(EntryFilter filter, CancellationToken cancel) =>
        new(filter.Id is { } id ? ShardOf(id).Remove(filter) : _shards.Sum(shard => shard.Remove(filter)));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Writes all answers that are not expired. Looks go on meanwhile; what is put meanwhile may be missing.</summary>
    public ValueTask SaveAsync(Stream stream, CancellationToken cancel)
    {
        var (now, answers) = (_time.GetUtcNow(), new List<KeyValuePair<CacheKey, CachedAnswer>>());
        foreach (var shard in _shards)
            shard.CopyTo(answers, now);
        return AnswerSnapshot.SaveAsync(stream, answers, cancel);
    }

    /// <summary>Puts the answers that <see cref="SaveAsync"/> wrote, without those expired since. A snapshot that is damaged is refused whole.</summary>
    public async ValueTask<SnapshotLoad> LoadAsync(Stream stream, CancellationToken cancel)
    {
        var (now, put) = (_time.GetUtcNow(), new List<CacheKey>());
        var refusal = await AnswerSnapshot.LoadAsync(stream, Put, cancel);
        if (refusal is null)
            return new SnapshotLoad(put.Count, null);
        foreach (var key in put)
            ShardOf(key).Remove(new EntryFilter(key));
        return new SnapshotLoad(0, refusal);

        void Put(CacheKey key, CachedAnswer answer)
        {
            if (answer.Facts.ExpiresAt <= now)
                return;
            ShardOf(key).Set(key, answer, Weight(answer), now);
            put.Add(key);
        }
    }

    /// <summary>What an answer weighs, in bytes: its body, its words, and what it takes to keep it.</summary>
    public static long Weight(CachedAnswer answer)
    {
        var letters = answer.Pool.Length + answer.ServedModel.Length + answer.Facts.Owner.Length + answer.Facts.Model.Length;
        foreach (var tag in answer.Facts.Tags)
            letters += tag.Length + sizeof(long);
        return Overhead + answer.Body.Length + ((long)letters * sizeof(char));
    }

    /// <summary>The answer with an array of its own: a slice would keep alive a buffer that nobody weighs, and that may be used again.</summary>
    private static CachedAnswer Whole(CachedAnswer answer)
    {
        var isWhole = MemoryMarshal.TryGetArray(answer.Body, out var part) && part.Array!.Length == part.Count;
        return isWhole ? answer : answer with { Body = answer.Body.ToArray() };
    }

    // The hash's low bits choose among a dictionary's buckets, so the high ones choose the shard.
    private AnswerShard ShardOf(CacheKey key) => _shards[(uint)key.GetHashCode() >> 24 & (_shards.Length - 1)];
}
