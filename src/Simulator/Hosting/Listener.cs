using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Gateway.Simulator.Hosting;

/// <summary>Builds the server: HTTP/1.1 only, keep-alive of 5 s and no limits of its own, like uvicorn.</summary>
internal static class Listener
{
    /// <summary>vLLM's VLLM_HTTP_TIMEOUT_KEEP_ALIVE.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(5);

    public static KestrelServer Create(Uri? address, Connections connections)
    {
        var options = new KestrelServerOptions { AddServerHeader = false, ApplicationServices = NoServices.Instance };
        options.Limits.KeepAliveTimeout = KeepAlive;
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Listen(EndPointOf(address), listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(next => connection => connections.TrackAsync(connection, next));
        });
        // Answers are short work; running them on the thread that received the request saves two switches each.
        var transport = new SocketTransportOptions { UnsafePreferInlineScheduling = true };
        return new KestrelServer(
            Options.Create(options), new SocketTransportFactory(Options.Create(transport), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
    }

    /// <summary>The address that was bound, with its port.</summary>
    public static Uri AddressOf(KestrelServer server) => new(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private static IPEndPoint EndPointOf(Uri? address)
    {
        if (address is null) return new IPEndPoint(IPAddress.Loopback, 0);
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip)) return new IPEndPoint(ip, address.Port);
        if (address.Host == "localhost") return new IPEndPoint(IPAddress.Loopback, address.Port);
        throw new ArgumentException($"'{address}' names no IP address to listen on; write http://127.0.0.1:8000 or http://0.0.0.0:8000");
    }

    /// <summary>Kestrel asks for services it can do without.</summary>
    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
