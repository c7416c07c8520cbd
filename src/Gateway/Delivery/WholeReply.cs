using Gateway.Completions;
using Gateway.Delivery.Guarding;
using Gateway.Guarding;
using Gateway.Protocol;
using Gateway.Upstream;

namespace Gateway.Delivery;

/// <summary>Hands a complete answer on, byte for byte but for what only the gateway asked for.</summary>
public sealed class WholeReply(ErrorReply errors, TimeProvider time)
{
    private static readonly byte[] Null = "null"u8.ToArray();

    /// <param name="exchange">The request being answered.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="hidesLogprobs">The caller did not ask for log-probabilities, and sees <c>null</c> in their place.</param>
    public ValueTask SendAsync(Exchange exchange, WholeAnswer answer, bool hidesLogprobs)
    {
        var hidden = hidesLogprobs ? answer.Logprobs : default;
        exchange.Usage = answer.Usage;
        if (exchange.Guards is { } visit && (visit.Restores || !visit.Policy.Output.IsEmpty))
        {
            var body = hidden.IsEmpty ? answer.Body : (byte[])[.. answer.Body.Span[..hidden.Start], .. Null, .. answer.Body.Span[hidden.End..]];
            return SendGuardedAsync(exchange, visit, body);
        }

        return SendAsItIsAsync(exchange, answer, hidden);
    }

    private async ValueTask SendAsItIsAsync(Exchange exchange, WholeAnswer answer, ByteRange hidden)
    {
        var response = exchange.Http.Response;
        response.ContentType = "application/json";
        response.ContentLength = answer.Body.Length + (hidden.IsEmpty ? 0 : Null.Length - hidden.Length);
        GatewayHeaders.Write(exchange, time);
        exchange.IsCommitted = true;
        if (!hidden.IsEmpty)
        {
            await response.Body.WriteAsync(answer.Body[..hidden.Start], exchange.CallerGone);
            await response.Body.WriteAsync(Null, exchange.CallerGone);
        }

        await response.Body.WriteAsync(answer.Body[hidden.End..], exchange.CallerGone);
        exchange.Copy?.Append(answer.Body.Span);
        exchange.Cache?.Recording?.Take(answer.Body.Span, hidden);
        exchange.IsDelivered = true;
    }

    /// <summary>Hands on what the guards leave of an answer. Others get that; this caller gets it with its own values in it.</summary>
    private async ValueTask SendGuardedAsync(Exchange exchange, GuardVisit visit, ReadOnlyMemory<byte> body)
    {
        if (!visit.Policy.Output.IsEmpty)
            body = await GuardedBody.InspectAsync(exchange, visit, body, time);
        if (visit.Output is { HasFailedShut: true } failed)
        {
            await errors.SendAsync(exchange, GuardFailure.Of(failed));
            return;
        }

        var restored = visit.Restores ? GuardedBody.Restore(visit, body) : body;
        var response = exchange.Http.Response;
        response.ContentType = "application/json";
        response.ContentLength = restored.Length;
        GatewayHeaders.Write(exchange, time);
        exchange.IsCommitted = true;
        await response.Body.WriteAsync(restored, exchange.CallerGone);
        exchange.Copy?.Append(body.Span);
        if (visit.Output is { BlockedBy: not null })
            return;
        exchange.Cache?.Recording?.Take(body.Span, default);
        exchange.IsDelivered = true;
    }
}
