using System.Text;
using System.Text.Json;
using Gateway.Protocol;

namespace Gateway.Passthrough;

/// <summary>Where a passed-through body names its model.</summary>
/// <param name="Model">The name.</param>
/// <param name="Value">The bytes to replace: a JSON string with its quotes, or a form field's text.</param>
/// <param name="IsJson">Which of the two it is.</param>
internal readonly record struct ModelField(string Model, ByteRange Value, bool IsJson)
{
    public static (ModelField Field, ApiError? Error) Find(ReadOnlySpan<byte> body, string? contentType, int maxDepth)
    {
        if (MediaTypes.MultipartBoundary(contentType) is { } boundary)
            return FormModel.Find(body, Encoding.Latin1.GetBytes("\r\n--" + boundary));
        return MediaTypes.IsJson(contentType)
            ? FindInJson(body, maxDepth)
            : (default, ApiError.UnsupportedMedia("The request body must be JSON or a multipart form."));
    }

    private static (ModelField Field, ApiError? Error) FindInJson(ReadOnlySpan<byte> body, int maxDepth)
    {
        ModelField? found = null;
        try
        {
            var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = maxDepth });
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
                return (default, ApiError.BadJson("The request body must be a JSON object."));
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isModel = JsonText.Is(ref json, "model"u8);
                json.Read();
                if (isModel)
                {
                    if (found is not null)
                        return (default, ApiError.BadRequest("duplicate_field", "The field 'model' is given twice.", "model"));
                    if (json.TokenType == JsonTokenType.String && json.ValueSpan.Length > ChatRequestPass.LongestModel)
                        return (default, ChatRequestPass.TooLongModel());
                    if (json.TokenType != JsonTokenType.String || JsonText.TryGet(ref json) is not { } model)
                        return (default, ApiError.BadRequest("invalid_type", "The field 'model' must be a string.", "model"));
                    found = new ModelField(model, new ByteRange((int)json.TokenStartIndex, (int)(json.BytesConsumed - json.TokenStartIndex)), true);
                }

                json.Skip();
            }

            json.Read();
        }
        catch (JsonException e)
        {
            return (default, ApiError.BadJson($"The request body is not valid JSON: {e.Message}"));
        }

        return found is { } field ? (field, null) : (default, Missing());
    }

    internal static ApiError Missing() =>
        ApiError.BadRequest("missing_field", "The field 'model' is required; GET /v1/models lists what exists.", "model");
}
