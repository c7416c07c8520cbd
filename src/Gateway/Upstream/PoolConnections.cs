using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Gateway.Configuration;

namespace Gateway.Upstream;

/// <summary>The connections to one pool's replicas, and what every request to them carries.</summary>
public sealed class PoolConnections : IDisposable
{
    /// <summary>
    /// How long a connection may idle in our pool: below the 5 s after which vLLM's server closes it
    /// (<c>VLLM_HTTP_TIMEOUT_KEEP_ALIVE</c>), so that few requests meet a closing socket.
    /// </summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long the rest of an answer is read, once nobody wants it, to keep its connection: enough for the last bytes behind
    /// <c>[DONE]</c>, and soon enough that an engine still generating sees the connection close, which is vLLM's abort.
    /// </summary>
    public static readonly TimeSpan DrainTimeout = TimeSpan.FromMilliseconds(50);

    public PoolConnections(PoolOptions options)
    {
        Timeouts = options.Timeouts;
        TlsStamp = TlsFiles.Stamp(options.Tls);
        Authorization = options.ApiKey is { } key ? $"Bearer {key}" : null;
        var handler = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = ConnectAsync,
            ConnectTimeout = options.Timeouts.Connect,
            MaxResponseHeadersLength = 64,
            PooledConnectionIdleTimeout = IdleTimeout,
            // As the server decodes them; by default a header beyond ASCII fails the attempt and counts against the replica.
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            SslOptions = TlsOf(options.Tls),
            ResponseDrainTimeout = DrainTimeout,
            UseCookies = false,
            UseProxy = false,
        };
        Invoker = new HttpMessageInvoker(options.Tls.ServerName is { } name ? new NamedServer(name, handler) : handler, disposeHandler: true);
    }

    public TimeoutOptions Timeouts { get; }

    /// <summary>The pool's own key as an <c>Authorization</c> value; the caller's key never goes upstream.</summary>
    public string? Authorization { get; }

    /// <summary>What the pool's certificates were when these connections were made.</summary>
    public string TlsStamp { get; }

    public HttpMessageInvoker Invoker { get; }

    public void Dispose() => Invoker.Dispose();

    private static SslClientAuthenticationOptions TlsOf(TlsOptions tls)
    {
        var options = new SslClientAuthenticationOptions();
        if (TlsFiles.Authorities(tls) is { } authorities)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                // A private authority seldom has a place to ask.
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        if (TlsFiles.Own(tls) is { } shown)
            options.ClientCertificateContext = SslStreamCertificateContext.Create(shown.Own, shown.Between, offline: true);
        return options;
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        if (context.InitialRequestMessage is AttemptRequest request)
            request.OpenedConnection = true;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
