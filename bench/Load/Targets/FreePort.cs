using System.Net;
using System.Net.Sockets;

namespace Gateway.Bench.Load.Targets;

/// <summary>Finds loopback ports nobody listens on.</summary>
public static class FreePort
{
    /// <summary>A port that was free a moment ago.</summary>
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
