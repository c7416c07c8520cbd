using System.Globalization;
using System.Runtime.InteropServices;
using Gateway.Caching.Stores.Redis;
using StackExchange.Redis;

namespace Gateway.Caching.Stores;

/// <summary>Vectors in the vector sets of Redis 8 or newer: one set a scope, of eight bits a number, each with its facts as attributes.</summary>
/// <remarks>
/// The server scores a neighbour (1 + cosine) / 2, from 0 for opposite to 1 for equal; here it is the cosine again. Elements of a vector set do
/// not expire one by one: searches leave out what is expired, and a removal by <see cref="EntryFilter.ExpiredAt"/>, to be made now and then,
/// takes it out. To be asked through a <see cref="GuardedVectorIndex"/>.
/// </remarks>
public sealed class RedisVectorIndex : IVectorIndex
{
    private readonly RedisLink _link;
    private readonly VectorSpace _space;
    private readonly TimeProvider _time;
    private readonly RedisRegister _register;
    private readonly string _prefix;

    /// <param name="link">The server; others may use it too, and whoever made it disposes of it.</param>
    /// <param name="space">What its vectors are; part of all keys.</param>
    /// <param name="time">The clock that entries expire by.</param>
    public RedisVectorIndex(RedisLink link, VectorSpace space, TimeProvider time)
    {
        (_link, _space, _time) = (link, space, time);
        _prefix = $"{link.Prefix}:{space.Name}";
        _register = new RedisRegister($"{_prefix}:vectors", keepsExpired: true);
    }

    public async ValueTask<IReadOnlyList<Neighbour>> SearchAsync(
        CacheKey scope, ReadOnlyMemory<float> vector, int most, float atLeast, CancellationToken cancel)
    {
        _space.Check(vector);
        var (database, now) = (await _link.DatabaseAsync(), _time.GetUtcNow());
        var reply = (RedisResult[])(await CallAsync(
            database, "VSIM", SetOf(scope), "FP32", BytesOf(vector), "WITHSCORES", "COUNT", most, "FILTER", EntryAttributes.AliveAt(now)))!;
        var near = new List<(CacheKey Id, float Similarity, Task<RedisResult> Attributes)>();
        for (var i = 0; i + 1 < reply.Length; i += 2)
        {
            var similarity = (float)((2 * (double)reply[i + 1]) - 1);
            if (similarity >= atLeast && CacheKey.TryParse((string?)reply[i], out var id))
                near.Add((id, similarity, CallAsync(database, "VGETATTR", SetOf(scope), id.ToString())));
        }

        await Task.WhenAll(near.Select(one => one.Attributes));
        return [.. from one in near
                   let attributes = EntryAttributes.Parse((string?)one.Attributes.Result)
                   where attributes is not null
                   select new Neighbour(one.Id, one.Similarity, attributes.Payload)];
    }

    public async ValueTask AddAsync(IndexEntry entry, CancellationToken cancel)
    {
        _space.Check(entry.Vector);
        var (database, now) = (await _link.DatabaseAsync(), _time.GetUtcNow());
        if (await ScopeOfAsync(database, entry.Id) is { } scope && scope != entry.Scope)
            await RemoveAsync(database, new EntryFilter(), NameOf(scope, entry.Id));
        if (entry.Facts.ExpiresAt <= now)
            return;
        await _register.AddAsync(database, NameOf(entry.Scope, entry.Id), entry.Facts, now);
        await database.StringSetAsync(ScopeKeyOf(entry.Id), entry.Scope.ToString(), entry.Facts.ExpiresAt - now);
        await CallAsync(
            database, "VADD", SetOf(entry.Scope), "FP32", BytesOf(entry.Vector), entry.Id.ToString(), "Q8", "SETATTR", EntryAttributes.Of(entry).ToText());
        // The set goes with the last of its elements.
        await Task.WhenAll(
            database.KeyExpireAsync(SetOf(entry.Scope), entry.Facts.ExpiresAt.UtcDateTime, ExpireWhen.HasNoExpiry),
            database.KeyExpireAsync(SetOf(entry.Scope), entry.Facts.ExpiresAt.UtcDateTime, ExpireWhen.GreaterThanCurrentExpiry));
    }

    public async ValueTask<long> RemoveAsync(EntryFilter filter, CancellationToken cancel)
    {
        var database = await _link.DatabaseAsync();
        if (filter.Id is { } id)
            return await ScopeOfAsync(database, id) is { } scope ? await RemoveAsync(database, filter, NameOf(scope, id)) : 0;
        return await _register.RemoveAsync(
            database, filter, async names => (await Task.WhenAll(names.Select(name => RemoveAsync(database, filter, name)))).Sum(), cancel);
    }

    public async ValueTask<long> CountAsync(CancellationToken cancel) =>
        await _register.CountAsync(await _link.DatabaseAsync(), _time.GetUtcNow());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<long> RemoveAsync(IDatabase database, EntryFilter filter, RedisValue name)
    {
        var text = (string)name!;
        if (!CacheKey.TryParse(text.AsSpan(0, text.Length / 2), out var scope) || !CacheKey.TryParse(text.AsSpan(text.Length / 2), out var id))
            return 0;
        var attributes = EntryAttributes.Parse((string?)await CallAsync(database, "VGETATTR", SetOf(scope), id.ToString()));
        if (attributes is null)
        {
            // The whole set has expired.
            await database.SortedSetRemoveAsync(_register.All, name);
            return 0;
        }

        if (!filter.Matches(id, attributes.Facts))
            return 0;
        var removed = (long)await CallAsync(database, "VREM", SetOf(scope), id.ToString());
        await _register.RemoveAsync(database, name, attributes.Facts);
        await database.KeyDeleteAsync(ScopeKeyOf(id));
        return removed;
    }

    private async Task<CacheKey?> ScopeOfAsync(IDatabase database, CacheKey id) =>
        CacheKey.TryParse((string?)await database.StringGetAsync(ScopeKeyOf(id)), out var scope) ? scope : null;

    private static async Task<RedisResult> CallAsync(IDatabase database, string command, params object[] arguments)
    {
        try
        {
            return await database.ExecuteAsync(command, arguments);
        }
        catch (RedisServerException e) when (e.Message.Contains("unknown command", StringComparison.OrdinalIgnoreCase))
        {
            throw new NotSupportedException("the Redis server has no vector sets; Redis 8 and newer have them", e);
        }
    }

    private static byte[] BytesOf(ReadOnlyMemory<float> vector) => MemoryMarshal.AsBytes(vector.Span).ToArray();

    private static string NameOf(CacheKey scope, CacheKey id) => string.Create(CultureInfo.InvariantCulture, $"{scope}{id}");

    private RedisKey SetOf(CacheKey scope) => $"{_prefix}:scope:{scope}";

    private RedisKey ScopeKeyOf(CacheKey id) => $"{_prefix}:entry:{id}";
}
