using Gateway.Protocol;

namespace Gateway.Completions;

/// <summary>Accepts a request: its bytes within the limits, and the view over them.</summary>
public static class RequestIntake
{
    /// <returns>The error to answer with, or null when the exchange has its body and its view.</returns>
    public static async ValueTask<ApiError?> AcceptAsync(Exchange exchange)
    {
        var limits = exchange.Blueprint.Options.Server;
        if (!MediaTypes.IsJson(exchange.Http.Request.ContentType))
            return ApiError.UnsupportedMedia("The request body must be JSON: send Content-Type: application/json.");
        var (body, error) = await RequestBodyReader.ReadAsync(exchange.Http, limits.MaxRequestBytes);
        if (error is not null)
            return error;
        exchange.Body = body;
        (exchange.Request, error) = ChatRequestReader.Read(body!.Span, limits.MaxJsonDepth, withMembers: exchange.Blueprint.Cache is not null);
        return error;
    }
}
