using System.Net;
using Gateway.Protocol;

namespace Gateway.Upstream;

/// <summary>Reads an answer whose status is not 2xx into a fault.</summary>
internal static class RefusalReader
{
    /// <summary>Longest error body that is read, in bytes.</summary>
    private const int LongestBody = 64 * 1024;

    public static async ValueTask<UpstreamFault> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var status = (int)response.StatusCode;
        var said = UpstreamErrorReader.Read(await ReadBodyAsync(response, cancel), status);
        return new UpstreamFault(KindOf(response.StatusCode, said), said.Message, said.Param, status, RetryAfterOf(response));
    }

    /// <summary>The kind of an error that came as a frame of a stream, where only the code in it stands for a status.</summary>
    public static UpstreamFault FromFrame(ReadOnlyMemory<byte> payload)
    {
        var said = UpstreamErrorReader.Read(payload, 500);
        var status = said.Code is >= 400 and < 600 ? said.Code.Value : 500;
        return new UpstreamFault(KindOf((HttpStatusCode)status, said), said.Message, said.Param, status);
    }

    private static FaultKind KindOf(HttpStatusCode status, UpstreamErrorText said) => (int)status switch
    {
        401 or 403 => FaultKind.CredentialsRefused,
        404 => FaultKind.ModelMissing,
        408 => FaultKind.FirstTokenTimeout,
        429 => FaultKind.Overloaded,
        400 when IsContextOverflow(said) => FaultKind.ContextExceeded,
        501 => FaultKind.CallerError,
        >= 400 and < 500 => FaultKind.CallerError,
        < 400 => FaultKind.Garbage,
        _ => FaultKind.ServerError,
    };

    /// <summary>The one message that is compared, since nothing else tells a full context from another wrong request.</summary>
    private static bool IsContextOverflow(UpstreamErrorText said) =>
        said.Message.StartsWith("This model's maximum context length", StringComparison.Ordinal);

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta;

    private static async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var buffer = new byte[LongestBody];
        var length = 0;
        using var stream = await response.Content.ReadAsStreamAsync(cancel);
        while (length < buffer.Length && await stream.ReadAsync(buffer.AsMemory(length), cancel) is var read and > 0)
            length += read;
        return buffer.AsMemory(0, length);
    }
}
