using StackExchange.Redis;

namespace Gateway.State;

/// <summary>State in Redis or Valkey, shared by every gateway that names the same server and prefix.</summary>
/// <remarks>
/// Values are strings under <c>PREFIX:kept:KEY</c>, logs are streams under <c>PREFIX:log:LOG</c> with one field, trimmed as they
/// grow. The connection is made in the background and made anew when it breaks; a call without one fails at once.
/// </remarks>
public sealed class RedisStateStore : IStateStore
{
    private static readonly RedisValue Field = "e";

    private readonly Task<ConnectionMultiplexer> _connecting;
    private readonly string _kept;
    private readonly string _logs;

    /// <summary>Begins to connect, and goes on trying for as long as the server is not there.</summary>
    /// <param name="address">Host and port, several with commas between them for a cluster.</param>
    /// <param name="password">Null: none.</param>
    /// <param name="tls">Whether the connection is encrypted.</param>
    /// <param name="prefix">What all keys begin with.</param>
    /// <param name="patience">How long connecting, and any one call, may take.</param>
    public RedisStateStore(string address, string? password, bool tls, string prefix, TimeSpan patience)
    {
        var options = ConfigurationOptions.Parse(address, ignoreUnknown: false);
        options.Password = password;
        options.Ssl = tls;
        options.ClientName = "gateway";
        options.AbortOnConnectFail = false;
        options.ConnectRetry = 1;
        options.ConnectTimeout = options.AsyncTimeout = options.SyncTimeout = (int)patience.TotalMilliseconds;
        // What cannot be sent now is not worth sending later: the caller has gone on without it.
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ReconnectRetryPolicy = new LinearRetry((int)patience.TotalMilliseconds);
        _connecting = ConnectionMultiplexer.ConnectAsync(options);
        Place = $"redis {address}";
        (_kept, _logs) = ($"{prefix}:kept:", $"{prefix}:log:");
    }

    public string Place { get; }

    public bool IsShared => true;

    public async ValueTask<Stored<byte[]?>> GetAsync(string key, CancellationToken cancel) =>
        new(true, await (await ServerAsync()).StringGetAsync(_kept + key));

    public async ValueTask<Stored<bool>> SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan? expiry, CancellationToken cancel)
    {
        if (expiry is { } span)
            await (await ServerAsync()).StringSetAsync(_kept + key, value, span);
        else
            await (await ServerAsync()).StringSetAsync(_kept + key, value);
        return new(true, true);
    }

    public async ValueTask<Stored<bool>> RemoveAsync(string key, CancellationToken cancel) =>
        new(true, await (await ServerAsync()).KeyDeleteAsync(_kept + key));

    public async ValueTask<Stored<IReadOnlyList<StoredValue>>> ListAsync(string prefix, CancellationToken cancel)
    {
        var keys = new List<RedisKey>();
        var database = await ServerAsync();
        foreach (var server in database.Multiplexer.GetServers())
        {
            if (server.IsReplica)
                continue;
            await foreach (var key in server.KeysAsync(pattern: Literal(_kept + prefix) + "*").WithCancellation(cancel))
                keys.Add(key);
        }

        // One by one, since the keys of a cluster may live on several servers; the client sends them together all the same.
        var values = await Task.WhenAll(keys.ConvertAll(key => database.StringGetAsync(key)));
        var found = new List<StoredValue>(keys.Count);
        for (var i = 0; i < values.Length; i++)
        {
            if (!values[i].IsNull)
                found.Add(new StoredValue(((string)keys[i]!)[_kept.Length..], values[i]!));
        }

        found.Sort((one, other) => string.CompareOrdinal(one.Key, other.Key));
        return new(true, found);
    }

    public async ValueTask<Stored<LogPosition>> AppendAsync(string log, ReadOnlyMemory<byte> entry, int cap, CancellationToken cancel)
    {
        var id = await (await ServerAsync()).StreamAddAsync(_logs + log, Field, entry, maxLength: cap, useApproximateMaxLength: false);
        return new(true, new LogPosition(id));
    }

    public async ValueTask<Stored<IReadOnlyList<LogEntry>>> ReadAsync(string log, LogPosition after, int most, CancellationToken cancel)
    {
        RedisValue from = after.Text is { } known ? "(" + known : "-";
        var entries = await (await ServerAsync()).StreamRangeAsync(_logs + log, from, "+", most);
        return new(true, Array.ConvertAll(entries, entry => new LogEntry(new LogPosition(entry.Id), entry[Field]!)));
    }

    public async ValueTask DisposeAsync() => await (await _connecting).DisposeAsync();

    private async ValueTask<IDatabase> ServerAsync() => (await _connecting).GetDatabase();

    /// <summary>The text as a pattern that matches only itself.</summary>
    private static string Literal(string text) =>
        string.Concat(text.Select(letter => letter is '*' or '?' or '[' or ']' or '\\' ? $"\\{letter}" : letter.ToString()));
}
