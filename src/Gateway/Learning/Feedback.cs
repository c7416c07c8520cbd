using System.Text.Json;
using Gateway.Protocol;

namespace Gateway.Learning;

/// <summary>What a caller says of an answer.</summary>
/// <param name="RequestId">The answer's request.</param>
/// <param name="Score">How good it was, in [0, 1].</param>
public readonly record struct Feedback(string RequestId, double Score)
{
    /// <summary>Reads the body of <c>POST /v1/feedback</c>; members that it does not know are passed over.</summary>
    public static (Feedback Feedback, ApiError? Error) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 8 });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement)
                : (default, ApiError.BadJson("The body must be a JSON object."));
        }
        catch (JsonException e)
        {
            return (default, ApiError.BadJson($"The body is not valid JSON: {e.Message}"));
        }
    }

    private static (Feedback Feedback, ApiError? Error) Read(JsonElement body)
    {
        if (!body.TryGetProperty("request_id", out var id) || id.ValueKind != JsonValueKind.String || id.GetString() is not { Length: > 0 } request)
            return Wrong("missing_field", "Say which answer is meant: \"request_id\", the value of its x-gateway-request-id header.", "request_id");
        var hasScore = body.TryGetProperty("score", out var score) && score.ValueKind != JsonValueKind.Null;
        var hasRating = body.TryGetProperty("rating", out var rating) && rating.ValueKind != JsonValueKind.Null;
        if (hasScore == hasRating)
            return Wrong("invalid_value", "Give either \"score\", a number from 0 to 1, or \"rating\", \"up\" or \"down\".", "score");
        if (hasRating)
        {
            return (rating.ValueKind == JsonValueKind.String ? rating.GetString() : null) switch
            {
                "up" => (new Feedback(request, 1), null),
                "down" => (new Feedback(request, 0), null),
                _ => Wrong("invalid_value", "\"rating\" is \"up\" or \"down\".", "rating"),
            };
        }

        return score.ValueKind == JsonValueKind.Number && score.TryGetDouble(out var value) && value is >= 0 and <= 1
            ? (new Feedback(request, value), null)
            : Wrong("invalid_value", "\"score\" is a number from 0 to 1.", "score");
    }

    private static (Feedback Feedback, ApiError? Error) Wrong(string code, string message, string param) =>
        (default, ApiError.BadRequest(code, message, param));
}
