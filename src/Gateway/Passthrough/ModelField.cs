using System.Text;
using System.Text.Json;
using Gateway.Protocol;
using Microsoft.Net.Http.Headers;

namespace Gateway.Passthrough;

/// <summary>Where a passed-through body names its model.</summary>
/// <param name="Model">The name.</param>
/// <param name="Value">The bytes to replace: a JSON string with its quotes, or a form field's text.</param>
/// <param name="IsJson">Which of the two it is.</param>
internal readonly record struct ModelField(string Model, ByteRange Value, bool IsJson)
{
    private static readonly byte[] HeadersEnd = "\r\n\r\n"u8.ToArray();

    public static (ModelField Field, ApiError? Error) Find(ReadOnlySpan<byte> body, string? contentType, int maxDepth)
    {
        if (MediaTypes.MultipartBoundary(contentType) is { } boundary)
            return FindInForm(body, Encoding.ASCII.GetBytes("--" + boundary));
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
                var isModel = json.ValueTextEquals("model"u8);
                json.Read();
                if (isModel)
                {
                    if (found is not null)
                        return (default, ApiError.BadRequest("duplicate_field", "The field 'model' is given twice.", "model"));
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

    private static (ModelField Field, ApiError? Error) FindInForm(ReadOnlySpan<byte> body, ReadOnlySpan<byte> delimiter)
    {
        var at = body.IndexOf(delimiter);
        while (at >= 0)
        {
            var start = at + delimiter.Length;
            var length = body[start..].IndexOf(delimiter);
            if (length < 0)
                break;
            var part = body.Slice(start, length);
            var headers = part.IndexOf(HeadersEnd);
            if (headers >= 0 && IsModelField(part[..headers]))
            {
                var value = part[(headers + HeadersEnd.Length)..];
                if (value.EndsWith("\r\n"u8))
                    value = value[..^2];
                var range = new ByteRange(start + headers + HeadersEnd.Length, value.Length);
                return (new ModelField(Encoding.UTF8.GetString(value), range, false), null);
            }

            at = start + length;
        }

        return (default, Missing());
    }

    private static bool IsModelField(ReadOnlySpan<byte> headers)
    {
        foreach (var line in Encoding.Latin1.GetString(headers).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("Content-Disposition:", StringComparison.OrdinalIgnoreCase)
                && ContentDispositionHeaderValue.TryParse(line["Content-Disposition:".Length..], out var disposition))
                return HeaderUtilities.RemoveQuotes(disposition.Name).Equals("model", StringComparison.Ordinal);
        }

        return false;
    }

    private static ApiError Missing() =>
        ApiError.BadRequest("missing_field", "The field 'model' is required; GET /v1/models lists what exists.", "model");
}
