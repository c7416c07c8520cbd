using Gateway.Upstream;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Passthrough;

/// <summary>The headers of a passed-through request.</summary>
/// <remarks>
/// A list of what goes on, since a list of what stays is never complete: the caller's credentials come under many names, a
/// hop-by-hop header may bear any (the server forgets what <c>Connection</c> named beside <c>keep-alive</c>), what proxies before
/// us said about the caller is not the upstream's business, and with vLLM's scheduling headers one caller could overtake all others.
/// </remarks>
/// <param name="to">Where the request goes, whatever the forwarder would make of prefix and path.</param>
/// <param name="connections">The pool's connections.</param>
/// <param name="requestId">The request's id.</param>
internal sealed class UpstreamTransform(Uri to, PoolConnections connections, string requestId) : HttpTransformer
{
    private static readonly string[] EndToEnd =
    [
        HeaderNames.Accept, HeaderNames.AcceptEncoding, HeaderNames.TraceParent, HeaderNames.TraceState, HeaderNames.Baggage,
        "X-Session-ID", "anthropic-version", "anthropic-beta", "endpoint-load-metrics-format",
    ];

    public override ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        proxyRequest.RequestUri = to;
        var (from, headers) = (httpContext.Request, proxyRequest.Headers);
        foreach (var name in EndToEnd)
        {
            if (from.Headers.TryGetValue(name, out var values))
                headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        if (proxyRequest.Content is { } content)
        {
            content.Headers.ContentLength = from.ContentLength;
            if (from.ContentType is { Length: > 0 } type)
                content.Headers.TryAddWithoutValidation(HeaderNames.ContentType, type);
        }

        headers.TryAddWithoutValidation("X-Request-Id", requestId);
        headers.TryAddWithoutValidation(HeaderNames.Via, "1.1 gateway");
        if (connections.Authorization is { } authorization)
            headers.TryAddWithoutValidation(HeaderNames.Authorization, authorization);
        return ValueTask.CompletedTask;
    }
}
