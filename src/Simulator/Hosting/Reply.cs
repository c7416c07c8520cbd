using Gateway.Simulator.Requests;
using Gateway.Simulator.Wire;

namespace Gateway.Simulator.Hosting;

/// <summary>Writes a reply whose bytes are known.</summary>
internal static class Reply
{
    public const string JsonType = "application/json";

    private static readonly byte[] NotFoundBody = "{\"detail\":\"Not Found\"}"u8.ToArray();
    private static readonly byte[] NotAllowedBody = "{\"detail\":\"Method Not Allowed\"}"u8.ToArray();

    public static Task Json(HttpContext context, ReadOnlyMemory<byte> body, int status = 200) => Bytes(context, body, JsonType, status);

    public static Task Fail(HttpContext context, Failure failure, ErrorDialect dialect) =>
        Json(context, ErrorBody.Json(failure, dialect), failure.Status);

    public static Task NotFound(HttpContext context) => Json(context, NotFoundBody, 404);

    public static Task NotAllowed(HttpContext context) => Json(context, NotAllowedBody, 405);

    /// <summary>The bytes are copied before this returns.</summary>
    public static Task Bytes(HttpContext context, ReadOnlyMemory<byte> body, string contentType, int status)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        var written = response.BodyWriter.WriteAsync(body, CancellationToken.None);
        return written.IsCompletedSuccessfully ? Task.CompletedTask : written.AsTask();
    }

    public static Task Empty(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }
}
