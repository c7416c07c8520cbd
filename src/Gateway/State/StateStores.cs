using Gateway.Configuration;
using Gateway.Telemetry;
using Microsoft.Data.Sqlite;

namespace Gateway.State;

/// <summary>Opens the store that the configuration names.</summary>
public static class StateStores
{
    /// <summary>
    /// Opens Redis when it is named, whether or not it is there yet; else a file in the state directory; and where that cannot
    /// be written, memory, with a warning: what was learned is then lost with the process, requests are not.
    /// </summary>
    public static BoundedStateStore Open(StateOptions options, TimeProvider time, ILogger log)
    {
        IStateStore store = options.Redis is { } address
            ? new RedisStateStore(address, options.Password, options.Tls, options.Prefix, BoundedStateStore.Patience)
            : OpenEmbedded(options.Directory, time, log);
        return new BoundedStateStore(store, time, log);
    }

    private static SqliteStateStore OpenEmbedded(string directory, TimeProvider time, ILogger log)
    {
        if (directory == StateOptions.Memory)
            return SqliteStateStore.InMemory(time);
        try
        {
            return SqliteStateStore.Open(directory, time);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            log.StateInMemory(directory, e.Message);
            return SqliteStateStore.InMemory(time);
        }
    }
}
