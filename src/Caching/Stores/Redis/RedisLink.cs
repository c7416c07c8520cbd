using StackExchange.Redis;

namespace Gateway.Caching.Stores.Redis;

/// <summary>A connection to a Redis server that is made in the background and made anew when it breaks; a call without one fails at once.</summary>
public sealed class RedisLink : IAsyncDisposable
{
    // A guard gives up long before; this bounds what the library keeps for a server that is silent.
    private const int PatienceMilliseconds = 1000;

    private readonly Task<ConnectionMultiplexer> _connecting;

    /// <summary>Begins to connect, and goes on trying for as long as the server is not there.</summary>
    public RedisLink(RedisSettings settings)
    {
        var options = ConfigurationOptions.Parse(settings.Address, ignoreUnknown: false);
        options.Password = settings.Password;
        options.Ssl = settings.Tls;
        options.ClientName = "gateway-cache";
        options.AbortOnConnectFail = false;
        options.ConnectRetry = 1;
        options.ConnectTimeout = options.AsyncTimeout = options.SyncTimeout = PatienceMilliseconds;
        // What cannot be sent now is not worth sending later: the caller has gone on without it.
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ReconnectRetryPolicy = new LinearRetry(PatienceMilliseconds);
        _connecting = ConnectionMultiplexer.ConnectAsync(options);
        Prefix = settings.Prefix;
    }

    /// <summary>What all keys begin with.</summary>
    public string Prefix { get; }

    /// <summary>The server's database, once a connection was tried.</summary>
    public async ValueTask<IDatabase> DatabaseAsync() => (await _connecting).GetDatabase();

    /// <summary>The server's channels, once a connection was tried.</summary>
    public async ValueTask<ISubscriber> ChannelsAsync() => (await _connecting).GetSubscriber();

    public async ValueTask DisposeAsync() => await (await _connecting).DisposeAsync();
}
