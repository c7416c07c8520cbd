using System.Net;
using System.Net.Http.Headers;
using Gateway.Protocol;

namespace Gateway.Upstream;

/// <summary>A spliced request body as HTTP content of known length.</summary>
internal sealed class SplicedContent : HttpContent
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private readonly RequestSplice _splice;

    public SplicedContent(RequestSplice splice)
    {
        _splice = splice;
        Headers.ContentType = Json;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        _splice.WriteToAsync(stream, CancellationToken.None).AsTask();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _splice.WriteToAsync(stream, cancellationToken).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = _splice.Length;
        return true;
    }
}
