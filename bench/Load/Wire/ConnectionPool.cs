using System.Collections.Concurrent;

namespace Gateway.Bench.Load.Wire;

/// <summary>Keep-alive connections to one target, last used first; as many as there are requests in flight.</summary>
public sealed class ConnectionPool(RequestTemplate template, bool streams) : IDisposable
{
    private readonly ConcurrentStack<HttpConnection> _idle = new();
    private readonly ConcurrentDictionary<HttpConnection, byte> _all = new();
    private volatile bool _closed;

    /// <summary>An idle connection, or a new one.</summary>
    public async ValueTask<HttpConnection> RentAsync()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (_idle.TryPop(out var idle))
        {
            return idle;
        }

        var fresh = await HttpConnection.OpenAsync(template, streams);
        _all[fresh] = 0;
        if (_closed)
        {
            fresh.Dispose(); // Closed while this one opened: Dispose may not have seen it.
        }

        return fresh;
    }

    /// <summary>Gives a connection back; one that cannot carry another request is closed.</summary>
    public void Return(HttpConnection connection, bool reusable)
    {
        if (reusable && !_closed)
        {
            _idle.Push(connection);
            return;
        }

        _all.TryRemove(connection, out _);
        connection.Dispose();
    }

    /// <summary>Closes every connection, those with a request in flight too.</summary>
    public void Dispose()
    {
        _closed = true;
        foreach (var connection in _all.Keys)
        {
            connection.Dispose();
        }
    }
}
