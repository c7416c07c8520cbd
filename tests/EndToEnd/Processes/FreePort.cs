using System.Net;
using System.Net.Sockets;

namespace Gateway.EndToEnd.Processes;

/// <summary>Ports on loopback that nothing listens on at the moment.</summary>
internal static class FreePort
{
    public static int Next()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
