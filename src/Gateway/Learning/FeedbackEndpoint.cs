using Gateway.Cache;
using Gateway.Cache.Verification;
using Gateway.Completions;
using Gateway.Delivery;
using Gateway.Hosting;
using Gateway.Protocol;

namespace Gateway.Learning;

/// <summary><c>POST /v1/feedback</c>: how good an answer was, by the id in its <c>x-gateway-request-id</c>.</summary>
/// <remarks>
/// <c>{"request_id": "req-…", "score": 0.8}</c> or <c>"rating": "up"</c>; answered 204. Given twice, the last word counts. A comment
/// is read over and kept nowhere. An answer that came from the cache and was bad is removed from it.
/// </remarks>
public sealed class FeedbackEndpoint(LiveBlueprint live, OutcomeDesk desk, HitDesk hits, TimeProvider time)
{
    /// <summary>Far above any id and comment, in bytes.</summary>
    private const int LargestBody = 64 * 1024;

    private static readonly ApiError Disabled = new(
        404, "invalid_request_error", "learning_disabled", "This gateway takes no feedback: routing.learning.enabled is false.");

    public async Task HandleAsync(HttpContext http)
    {
        if (await TakeAsync(http) is { } error)
            await ErrorReply.SendAsync(http, error);
        else
            http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async ValueTask<ApiError?> TakeAsync(HttpContext http)
    {
        http.Response.Headers[GatewayHeaders.RequestId] = RequestId.Of(http);
        if (!live.Current.Options.Routing.Learning.Enabled && live.Current.Cache is null)
            return Disabled;
        if (!MediaTypes.IsJson(http.Request.ContentType))
            return ApiError.UnsupportedMedia("The request body must be JSON: send Content-Type: application/json.");
        var (body, error) = await RequestBodyReader.ReadAsync(http, LargestBody);
        using (body)
        {
            if (error is not null)
                return error;
            (var feedback, error) = Feedback.Read(body!.Memory);
            if (error is not null || await hits.TakeAsync(feedback, CallerOwner.Of(http.Request.Headers), http.RequestAborted))
                return error;
            return live.Current.Options.Routing.Learning.Enabled ? await TakeAsync(feedback, http.RequestAborted) : Disabled;
        }
    }

    private async ValueTask<ApiError?> TakeAsync(Feedback feedback, CancellationToken cancel)
    {
        if (await desk.FindAsync(feedback.RequestId, cancel) is not { } open)
        {
            return new ApiError(
                404, "invalid_request_error", "request_not_found",
                "No recent request of a cascade has this id; feedback can be given for a limited time, for answers that were delivered whole.", "request_id");
        }

        var score = (float)feedback.Score;
        desk.Take(open with
        {
            Outcome = open.Outcome with
            {
                At = time.GetUtcNow().ToUnixTimeSeconds(),
                Small = open.Outcome.IsLarge ? null : score,
                Large = open.Outcome.IsLarge ? score : null,
            },
        });
        return null;
    }
}
