using Gateway.Completions;
using Gateway.Upstream;

namespace Gateway.Delivery;

/// <summary>Hands a complete answer on, byte for byte but for what only the gateway asked for.</summary>
public sealed class WholeReply(TimeProvider time)
{
    private static readonly byte[] Null = "null"u8.ToArray();

    /// <param name="exchange">The request being answered.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="hidesLogprobs">The caller did not ask for log-probabilities, and sees <c>null</c> in their place.</param>
    public async ValueTask SendAsync(Exchange exchange, WholeAnswer answer, bool hidesLogprobs)
    {
        var hidden = hidesLogprobs ? answer.Logprobs : default;
        exchange.Usage = answer.Usage;
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
}
