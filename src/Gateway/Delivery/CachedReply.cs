using System.Buffers;
using System.Text;
using Gateway.Cache.Answers;
using Gateway.Completions;
using Gateway.Delivery.Guarding;

namespace Gateway.Delivery;

/// <summary>Hands a stored answer out, as JSON or as a stream, whichever is asked for and whichever it was.</summary>
/// <remarks>
/// The id is this request's own, so that no two answers have one; when it was made, by which model and at what usage is what it was.
/// </remarks>
public sealed class CachedReply(TimeProvider time)
{
    /// <summary>Bytes of a piece of a stream that is paced: some six tokens of English.</summary>
    private const int PieceLength = 24;

    /// <param name="exchange">The request.</param>
    /// <param name="answer">The answer as it is stored.</param>
    /// <param name="caller">Where a stream goes; null when none is asked for.</param>
    public async ValueTask SendAsync(Exchange exchange, ReadOnlyMemory<byte> answer, EventWriter? caller)
    {
        if (caller is null)
            await SendWholeAsync(exchange, answer);
        else if (!await SendStreamAsync(exchange, answer, caller))
            return;
        exchange.IsDelivered = true;
    }

    private static string IdOf(Exchange exchange) => $"chatcmpl-{exchange.Id}";

    private async ValueTask SendWholeAsync(Exchange exchange, ReadOnlyMemory<byte> body)
    {
        var (response, cancel) = (exchange.Http.Response, exchange.Http.RequestAborted);
        if (exchange.Guards is { Restores: true } visit)
            body = GuardedBody.Restore(visit, body);
        var id = AnswerJson.FindId(body.Span);
        var own = id.IsEmpty ? [] : Encoding.UTF8.GetBytes($"\"{IdOf(exchange)}\"");
        response.ContentType = "application/json";
        response.ContentLength = body.Length - id.Length + own.Length;
        GatewayHeaders.Write(exchange, time);
        exchange.IsCommitted = true;
        var output = response.BodyWriter;
        output.Write(body.Span[..id.Start]);
        output.Write(own);
        output.Write(body.Span[id.End..]);
        await output.FlushAsync(cancel);
    }

    /// <returns>False when the caller left.</returns>
    private async ValueTask<bool> SendStreamAsync(Exchange exchange, ReadOnlyMemory<byte> body, EventWriter caller)
    {
        var pieces = new AnswerPieces();
        pieces.Read(body.Span);
        var frames = new AnswerFrames(pieces, IdOf(exchange));
        frames.WriteRole();
        if (exchange.Cache!.Setup.Options.Pace is not { } pace || pieces.HasLogprobs)
        {
            if (!pieces.Reasoning.IsEmpty)
                frames.WriteReasoning(pieces.Reasoning);
            frames.WriteContent(pieces.Content, withLogprobs: pieces.HasLogprobs);
        }
        else if (!await PaceAsync(frames, pieces, pace, caller, exchange.Http.RequestAborted))
        {
            return false;
        }

        frames.WriteEnd(exchange.Request!.AsksUsage);
        return await SendAsync(frames, caller);
    }

    private async ValueTask<bool> PaceAsync(AnswerFrames frames, AnswerPieces pieces, TimeSpan pace, EventWriter caller, CancellationToken cancel)
    {
        for (var at = 0; at < pieces.Reasoning.Length;)
        {
            var length = TextPieces.First(pieces.Reasoning[at..], PieceLength);
            frames.WriteReasoning(pieces.Reasoning.Slice(at, length));
            at += length;
            if (!await SendAsync(frames, caller))
                return false;
            await Task.Delay(pace, time, cancel);
        }

        for (var at = 0; at < pieces.Content.Length;)
        {
            var length = TextPieces.First(pieces.Content[at..], PieceLength);
            frames.WriteContent(pieces.Content.Slice(at, length), withLogprobs: false);
            at += length;
            if (!await SendAsync(frames, caller))
                return false;
            await Task.Delay(pace, time, cancel);
        }

        return true;
    }

    private static async ValueTask<bool> SendAsync(AnswerFrames frames, EventWriter caller)
    {
        await caller.BeginAsync();
        caller.Write(frames.Written);
        frames.Clear();
        return await caller.FlushAsync();
    }
}
