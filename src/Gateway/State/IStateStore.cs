namespace Gateway.State;

/// <summary>What the gateway remembers beyond one process: small values under keys, and short logs that only grow at the end.</summary>
/// <remarks>
/// Slow by nature and sometimes absent: background work calls it, the request path never does. The store that is handed out
/// (<see cref="StateStores.Open"/>) answers within a bounded time and says "not reached" instead of throwing.
/// Keys are ASCII words with slashes between them, such as <c>window/auto/gw-1</c>.
/// </remarks>
public interface IStateStore : IAsyncDisposable
{
    /// <summary>Where it keeps things, in a few words for logs and the admin API; shows no secret.</summary>
    string Place { get; }

    /// <summary>Whether other gateways see what this one writes.</summary>
    bool IsShared { get; }

    /// <summary>The value under a key; null when there is none, or none any more.</summary>
    ValueTask<Stored<byte[]?>> GetAsync(string key, CancellationToken cancel);

    /// <summary>Puts a value under a key, over whatever was there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; kept as it is.</param>
    /// <param name="expiry">How long it is kept; null: until it is replaced or removed.</param>
    /// <param name="cancel">Gives up waiting.</param>
    /// <returns>Whether the store was reached.</returns>
    ValueTask<Stored<bool>> SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan? expiry, CancellationToken cancel);

    /// <summary>Removes a key; the value says whether it was there.</summary>
    ValueTask<Stored<bool>> RemoveAsync(string key, CancellationToken cancel);

    /// <summary>All keys that begin with <paramref name="prefix"/>, with their values, by key. For families of a few dozen keys.</summary>
    ValueTask<Stored<IReadOnlyList<StoredValue>>> ListAsync(string prefix, CancellationToken cancel);

    /// <summary>Adds an entry to the end of a log and drops the oldest ones beyond <paramref name="cap"/>.</summary>
    /// <returns>Where the entry stands.</returns>
    ValueTask<Stored<LogPosition>> AppendAsync(string log, ReadOnlyMemory<byte> entry, int cap, CancellationToken cancel);

    /// <summary>The entries of a log after a position, oldest first, at most <paramref name="most"/> of them.</summary>
    /// <param name="log">The log; one that nobody wrote to is empty.</param>
    /// <param name="after">The last position that is known already; default: from the beginning.</param>
    /// <param name="most">How many entries to read.</param>
    /// <param name="cancel">Gives up waiting.</param>
    ValueTask<Stored<IReadOnlyList<LogEntry>>> ReadAsync(string log, LogPosition after, int most, CancellationToken cancel);
}
