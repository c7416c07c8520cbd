using Gateway.Completions;
using Gateway.Upstream;

namespace Gateway.Delivery;

/// <summary>Hands a complete answer on, byte for byte.</summary>
public sealed class WholeReply(TimeProvider time)
{
    public async ValueTask SendAsync(Exchange exchange, WholeAnswer answer)
    {
        exchange.Usage = answer.Usage;
        var response = exchange.Http.Response;
        response.ContentType = "application/json";
        response.ContentLength = answer.Body.Length;
        GatewayHeaders.Write(exchange, time);
        exchange.IsCommitted = true;
        await response.Body.WriteAsync(answer.Body, exchange.Http.RequestAborted);
        exchange.Copy?.Append(answer.Body.Span);
        exchange.IsDelivered = true;
    }
}
