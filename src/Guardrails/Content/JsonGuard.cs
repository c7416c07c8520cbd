using System.Text.Json;
using Gateway.Guardrails.Content.Schemas;

namespace Gateway.Guardrails.Content;

/// <summary>Finds answers that are not the JSON they have to be, with the label <c>json_invalid</c>.</summary>
/// <remarks>
/// The answer's content as a whole must be one JSON value (RFC 8259) that fulfils the schema, if there is one: words before it are not JSON,
/// and a fence of Markdown around it is not either. Values nested deeper than 64 are not taken for JSON. An answer without any content, such
/// as one of tool calls alone, is not judged. Of a stream everything is open until its end; the finding covers it all.
/// </remarks>
public sealed class JsonGuard : IGuard
{
    /// <summary>The finding's label.</summary>
    public const string Label = "json_invalid";

    private readonly JsonSchema? _schema;

    /// <exception cref="FormatException">The schema makes no sense; says what of it.</exception>
    public JsonGuard(JsonSettings settings) => _schema = settings.Schema is { } schema ? JsonSchema.Parse(schema) : null;

    public int Lookbehind => 0;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found)
    {
        if (passage.Source != TextSource.Assistant)
            return text.Length;
        if (!passage.IsEnd)
            return passage.Context;
        if (text.IndexOfAnyExcept(" \t\r\n"u8) >= 0 && !(_schema?.IsFulfilledBy(text) ?? IsJson(text)))
            found.Add(Label, passage.Context, text.Length - passage.Context);
        return text.Length;
    }

    public bool NeedsWhole(TextSource source) => source == TextSource.Assistant;

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = JsonSchema.Deepest });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
