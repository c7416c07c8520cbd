using System.Net;

namespace Gateway.Guarding.Remote;

/// <summary>Opens the connections to a service that is asked about texts.</summary>
internal static class ServiceConnections
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Below the 5 s after which uvicorn and Node's servers close an idle connection, so that few questions meet a closing one.</summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(3);

    /// <summary>How long a name is believed to mean the same addresses.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <remarks>
    /// Redirects are not followed: texts, and the token with them, go where the configuration says and nowhere else. Certificates are checked as the
    /// system does.
    /// </remarks>
    public static HttpMessageInvoker Open() => new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = ConnectTimeout,
        MaxResponseHeadersLength = 64,
        PooledConnectionIdleTimeout = IdleTimeout,
        PooledConnectionLifetime = Lifetime,
        UseCookies = false,
        UseProxy = false,
    });
}
