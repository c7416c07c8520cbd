using Gateway.Caching.Stores.Coding;
using Gateway.Caching.Stores.Redis;
using StackExchange.Redis;

namespace Gateway.Caching.Stores;

/// <summary>Answers in Redis 7 or newer, shared by every gateway that names the same server and prefix.</summary>
/// <remarks>
/// An answer is one string (<see cref="AnswerCodec"/>) under <c>PREFIX:answer:KEY</c> that expires by itself; sorted sets beside it say which
/// there are (<see cref="RedisRegister"/>). A look is one command. To be asked through a <see cref="GuardedAnswerStore"/>.
/// </remarks>
public sealed class RedisAnswerStore : IAnswerStore
{
    /// <summary>Facts are rarely longer; those that are cost a second look when entries are removed.</summary>
    private const int FactsLength = 2048;

    private readonly RedisLink _link;
    private readonly TimeProvider _time;
    private readonly RedisRegister _register;
    private readonly string _answers;

    /// <param name="link">The server; others may use it too, and whoever made it disposes of it.</param>
    /// <param name="time">The clock that entries expire by.</param>
    public RedisAnswerStore(RedisLink link, TimeProvider time)
    {
        (_link, _time) = (link, time);
        _register = new RedisRegister($"{link.Prefix}:answers");
        _answers = $"{link.Prefix}:answer:";
    }

    public async ValueTask<CachedAnswer?> GetAsync(CacheKey key, CancellationToken cancel)
    {
        var database = await _link.DatabaseAsync();
        byte[]? bytes = await database.StringGetAsync(KeyOf(key));
        // The server's clock is another one than ours.
        return bytes is not null && AnswerCodec.Decode(bytes) is { } answer && answer.Facts.ExpiresAt > _time.GetUtcNow() ? answer : null;
    }

    public async ValueTask SetAsync(CacheKey key, CachedAnswer answer, CancellationToken cancel)
    {
        var now = _time.GetUtcNow();
        var database = await _link.DatabaseAsync();
        if (answer.Facts.ExpiresAt <= now)
        {
            await database.KeyDeleteAsync(KeyOf(key));
            return;
        }

        await _register.AddAsync(database, key.ToString(), answer.Facts, now);
        await database.StringSetAsync(KeyOf(key), AnswerCodec.Encode(answer), answer.Facts.ExpiresAt - now);
    }

    public async ValueTask<long> RemoveAsync(EntryFilter filter, CancellationToken cancel)
    {
        var database = await _link.DatabaseAsync();
        return filter.Id is { } id
            ? await RemoveAsync(database, filter, [id.ToString()])
            : await _register.RemoveAsync(database, filter, names => RemoveAsync(database, filter, names), cancel);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<long> RemoveAsync(IDatabase database, EntryFilter filter, RedisValue[] names) =>
        (await Task.WhenAll(names.Select(name => RemoveAsync(database, filter, name)))).Sum();

    private async Task<long> RemoveAsync(IDatabase database, EntryFilter filter, RedisValue name)
    {
        if (!CacheKey.TryParse((string?)name, out var key) || await FactsAsync(database, KeyOf(key)) is not { } facts || !filter.Matches(key, facts))
            return 0;
        var isRemoved = await database.KeyDeleteAsync(KeyOf(key));
        await _register.RemoveAsync(database, name, facts);
        return isRemoved ? 1 : 0;
    }

    private static async Task<EntryFacts?> FactsAsync(IDatabase database, RedisKey key)
    {
        byte[]? start = await database.StringGetRangeAsync(key, 0, FactsLength - 1);
        if (AnswerCodec.DecodeFacts(start) is { } facts)
            return facts;
        return start is { Length: FactsLength } ? AnswerCodec.DecodeFacts((byte[]?)await database.StringGetAsync(key)) : null;
    }

    private RedisKey KeyOf(CacheKey key) => _answers + key;
}
