namespace Gateway.Upstream;

/// <summary>Asks for a server by another name than its address: in the <c>Host</c> header, and so in TLS, where the handler goes by that header.</summary>
internal sealed class NamedServer(string name, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Host = name;
        return base.SendAsync(request, cancellationToken);
    }
}
