using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Gateway.Simulator.Hosting;

/// <summary>The open connections, so that they can be reset as a killed process resets them.</summary>
internal sealed class Connections(FaultScript faults)
{
    private readonly ConcurrentDictionary<ConnectionContext, byte> _open = new();
    private volatile bool _dead;

    /// <summary>Connection middleware: tracks, and resets at once what is to be refused.</summary>
    public async Task TrackAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        _open[connection] = 0;
        try
        {
            if (_dead || faults.TakeRefusal()) Reset(connection.Features.Get<IConnectionSocketFeature>(), connection);
            else await next(connection);
        }
        finally
        {
            _open.TryRemove(connection, out _);
        }
    }

    /// <summary>Resets all, those accepted from now on too.</summary>
    public void ResetAll()
    {
        _dead = true;
        foreach (var (connection, _) in _open) Reset(connection.Features.Get<IConnectionSocketFeature>(), connection);
    }

    /// <summary>Resets the connection of one request.</summary>
    public static void Reset(HttpContext context)
    {
        context.Features.Get<IConnectionSocketFeature>()?.Socket.Close(0);
        context.Abort();
    }

    private static void Reset(IConnectionSocketFeature? feature, ConnectionContext connection)
    {
        // Closing with no linger sends RST instead of FIN; Abort alone may do either.
        feature?.Socket.Close(0);
        connection.Abort();
    }
}
