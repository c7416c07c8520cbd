using StackExchange.Redis;

namespace Gateway.Caching.Stores.Redis;

/// <summary>Which entries there are, by owner, model and tag: sorted sets of names, each scored with the moment it expires.</summary>
/// <remarks>
/// With it a removal reads what it may have to remove and never goes through the server's keys. A set loses what is expired with each
/// addition, and expires itself with the last of its entries. Each command is about one key, so that a cluster takes them too.
/// </remarks>
/// <param name="prefix">What the sets' keys begin with.</param>
/// <param name="keepsExpired">Whether the set of all entries keeps what is expired until it is removed, for entries that do not go by themselves.</param>
internal sealed class RedisRegister(string prefix, bool keepsExpired = false)
{
    /// <summary>How many names are looked at in one go.</summary>
    private const int Batch = 500;

    private readonly RedisKey _all = $"{prefix}:all";

    /// <summary>The set of all entries.</summary>
    public RedisKey All => _all;

    /// <summary>Writes an entry down, before it is put where it can be found.</summary>
    public Task AddAsync(IDatabase database, RedisValue name, EntryFacts facts, DateTimeOffset now)
    {
        var calls = new List<Task>();
        foreach (var set in SetsOf(facts))
        {
            calls.Add(database.SortedSetAddAsync(set, name, facts.ExpiresAt.ToUnixTimeMilliseconds()));
            if (set != _all || !keepsExpired)
                calls.Add(database.SortedSetRemoveRangeByScoreAsync(set, double.NegativeInfinity, now.ToUnixTimeMilliseconds()));
            // The later of both: a set that never expires yet gets a moment, one that does gets no earlier one.
            calls.Add(database.KeyExpireAsync(set, facts.ExpiresAt.UtcDateTime, ExpireWhen.HasNoExpiry));
            calls.Add(database.KeyExpireAsync(set, facts.ExpiresAt.UtcDateTime, ExpireWhen.GreaterThanCurrentExpiry));
        }

        return Task.WhenAll(calls);
    }

    /// <summary>Takes an entry out.</summary>
    public Task RemoveAsync(IDatabase database, RedisValue name, EntryFacts facts) =>
        Task.WhenAll(SetsOf(facts).Select(set => database.SortedSetRemoveAsync(set, name)));

    /// <summary>How many entries are not expired.</summary>
    public Task<long> CountAsync(IDatabase database, DateTimeOffset now) =>
        database.SortedSetLengthAsync(_all, now.ToUnixTimeMilliseconds(), double.PositiveInfinity, Exclude.Start);

    /// <summary>Lets each entry that a filter may mean be looked at, some hundred at a time.</summary>
    /// <param name="database">The server's.</param>
    /// <param name="filter">A filter without an id.</param>
    /// <param name="remove">Removes those of the named entries that the filter means, from the register too; returns how many.</param>
    /// <param name="cancel">Gives up; what is removed by then stays removed.</param>
    /// <returns>How many were removed.</returns>
    public async Task<long> RemoveAsync(
        IDatabase database, EntryFilter filter, Func<RedisValue[], Task<long>> remove, CancellationToken cancel)
    {
        var removed = 0L;
        foreach (var batch in (await NamesAsync(database, filter, cancel)).Chunk(Batch))
        {
            cancel.ThrowIfCancellationRequested();
            removed += await remove(batch);
        }

        return removed;
    }

    /// <summary>The names, read whole before anything is removed: a scan of what changes under it may miss some.</summary>
    private async Task<IEnumerable<RedisValue>> NamesAsync(IDatabase database, EntryFilter filter, CancellationToken cancel)
    {
        if (filter is { ExpiredAt: { } moment, Tag: null, Owner: null, Model: null })
            return await database.SortedSetRangeByScoreAsync(_all, stop: moment.ToUnixTimeMilliseconds());
        var names = new HashSet<RedisValue>();
        await foreach (var entry in database.SortedSetScanAsync(SetOf(filter), pageSize: Batch).WithCancellation(cancel))
            names.Add(entry.Element);
        return names;
    }

    /// <summary>The smallest set that has all that a filter may mean.</summary>
    private RedisKey SetOf(EntryFilter filter) => filter switch
    {
        { Tag: { } tag } => TagSet(tag),
        { Owner: { } owner } => OwnerSet(owner),
        { Model: { } model } => ModelSet(model),
        _ => _all,
    };

    private IEnumerable<RedisKey> SetsOf(EntryFacts facts) => [_all, OwnerSet(facts.Owner), ModelSet(facts.Model), .. facts.Tags.Select(TagSet)];

    private RedisKey OwnerSet(string owner) => $"{prefix}:owner:{owner}";

    private RedisKey ModelSet(string model) => $"{prefix}:model:{model}";

    private RedisKey TagSet(string tag) => $"{prefix}:tag:{tag}";
}
