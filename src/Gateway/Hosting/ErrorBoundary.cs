using Gateway.Completions;
using Gateway.Delivery;
using Gateway.Protocol;
using Gateway.Telemetry;

namespace Gateway.Hosting;

/// <summary>Sees to it that whatever a caller gets that is not an answer is an error in OpenAI's shape.</summary>
public sealed class ErrorBoundary(RequestDelegate next, Drain drain, ILogger<ErrorBoundary> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (AdminSite.IsAdmin(http))
        {
            await next(http);
            return;
        }

        if (drain.IsDraining)
        {
            http.Response.Headers.Connection = "close";
            await ErrorReply.SendAsync(http, ApiError.Draining());
            return;
        }

        drain.Enter();
        try
        {
            await next(http);
            if (!http.Response.HasStarted && ErrorOf(http) is { } error)
                await ErrorReply.SendAsync(http, error);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller left.
        }
#pragma warning disable CA1031 // The last net: a bug must not leave a caller with a cut connection.
        catch (Exception e)
#pragma warning restore CA1031 // Elsewhere only named exceptions are caught.
        {
            var id = http.Response.Headers[GatewayHeaders.RequestId].ToString() is { Length: > 0 } known ? known : RequestId.Of(http);
            log.RequestFailed(e, id);
            if (http.Response.HasStarted)
            {
                http.Abort();
                return;
            }

            http.Response.Clear();
            http.Response.Headers[GatewayHeaders.RequestId] = id;
            await ErrorReply.SendAsync(http, e is BadHttpRequestException bad ? OfBadHttp(bad) : ApiError.Internal(id));
        }
        finally
        {
            drain.Leave();
        }
    }

    private static ApiError OfBadHttp(BadHttpRequestException bad) =>
        bad.StatusCode == StatusCodes.Status408RequestTimeout ? ApiError.TooSlow() : ApiError.BadRequest("invalid_request", bad.Message);

    /// <summary>What routing left without a body: no route, or not with this method.</summary>
    private static ApiError? ErrorOf(HttpContext http)
    {
        if (http.Response.ContentType is not null)
            return null;
        var (method, path) = (http.Request.Method, http.Request.Path.ToString());
        return http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => ApiError.UnknownUrl(method, path),
            StatusCodes.Status405MethodNotAllowed => ApiError.WrongMethod(method, path),
            _ => null,
        };
    }
}
