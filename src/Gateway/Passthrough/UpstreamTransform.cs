using Gateway.Upstream;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Passthrough;

/// <summary>The headers of a passed-through request: the caller's end-to-end headers without what is between the caller and us.</summary>
/// <remarks>
/// The forwarder already drops hop-by-hop headers. Removed besides: the caller's credentials, for which the pool's own key
/// stands in; what proxies before us said about the caller, which is not the upstream's business; and vLLM's scheduling
/// headers, with which one caller could overtake all others.
/// </remarks>
internal sealed class UpstreamTransform(PoolConnections connections, string requestId) : HttpTransformer
{
    private static readonly string[] Private =
    [
        HeaderNames.Authorization, HeaderNames.Cookie, HeaderNames.Host, "x-api-key", "api-key",
        "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Real-IP",
        "X-Vllm-Priority", "X-data-parallel-rank",
    ];

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        foreach (var name in Private)
            proxyRequest.Headers.Remove(name);
        foreach (var header in httpContext.Request.Headers)
        {
            if (header.Key.StartsWith("x-gateway-", StringComparison.OrdinalIgnoreCase))
                proxyRequest.Headers.Remove(header.Key);
        }

        proxyRequest.Headers.Remove("X-Request-Id");
        proxyRequest.Headers.TryAddWithoutValidation("X-Request-Id", requestId);
        proxyRequest.Headers.TryAddWithoutValidation("Via", "1.1 gateway");
        if (connections.Authorization is { } authorization)
            proxyRequest.Headers.TryAddWithoutValidation(HeaderNames.Authorization, authorization);
    }
}
