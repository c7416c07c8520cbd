using System.Globalization;
using Gateway.Completions;
using Gateway.Protocol;

namespace Gateway.Delivery;

/// <summary>Answers with an error: as JSON with its status, or as a frame when a stream is already open.</summary>
public sealed class ErrorReply(TimeProvider time)
{
    public async ValueTask SendAsync(Exchange exchange, ApiError error, EventWriter? caller = null)
    {
        exchange.Error = error;
        if (exchange.Http.RequestAborted.IsCancellationRequested)
            return;
        if (caller is not null && await caller.TryFailAsync(error))
            return;
        GatewayHeaders.Write(exchange, time);
        await SendAsync(exchange.Http, error);
    }

    /// <summary>An error on a route that has no exchange.</summary>
    public static async ValueTask SendAsync(HttpContext http, ApiError error)
    {
        var response = http.Response;
        var json = error.ToJson();
        response.StatusCode = error.Status;
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        if (error.RetryAfter is { } pause)
            response.Headers.RetryAfter = Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await response.Body.WriteAsync(json, http.RequestAborted);
    }
}
