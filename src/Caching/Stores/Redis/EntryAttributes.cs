using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Caching.Stores.Redis;

/// <summary>What stands beside a vector in a vector set, as JSON with short names: each element has it.</summary>
/// <param name="Owner">Its owner.</param>
/// <param name="Model">Its model.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="StoredAt">When it was stored, in milliseconds since 1970.</param>
/// <param name="ExpiresAt">When it expires, likewise: the searches' filter compares it.</param>
/// <param name="Payload">Its payload.</param>
internal sealed record EntryAttributes(
    [property: JsonPropertyName("o")] string Owner,
    [property: JsonPropertyName("m")] string Model,
    [property: JsonPropertyName("t")] ImmutableArray<string> Tags,
    [property: JsonPropertyName("s")] long StoredAt,
    [property: JsonPropertyName("e")] long ExpiresAt,
    [property: JsonPropertyName("p")] byte[] Payload)
{
    [JsonIgnore]
    public EntryFacts Facts => new(
        Owner, Model, Tags.IsDefault ? [] : Tags, DateTimeOffset.FromUnixTimeMilliseconds(StoredAt), DateTimeOffset.FromUnixTimeMilliseconds(ExpiresAt));

    public static EntryAttributes Of(IndexEntry entry) => new(
        entry.Facts.Owner,
        entry.Facts.Model,
        entry.Facts.Tags,
        entry.Facts.StoredAt.ToUnixTimeMilliseconds(),
        entry.Facts.ExpiresAt.ToUnixTimeMilliseconds(),
        entry.Payload.ToArray());

    /// <summary>Null when it is none.</summary>
    public static EntryAttributes? Parse(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize(text, EntryAttributesJson.Default.EntryAttributes);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string ToText() => JsonSerializer.Serialize(this, EntryAttributesJson.Default.EntryAttributes);

    /// <summary>The filter of a search that leaves out what is expired.</summary>
    public static string AliveAt(DateTimeOffset moment) => $".e > {moment.ToUnixTimeMilliseconds()}";
}

[JsonSerializable(typeof(EntryAttributes))]
internal sealed partial class EntryAttributesJson : JsonSerializerContext;
