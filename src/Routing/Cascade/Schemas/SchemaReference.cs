using System.Text.Json;

namespace Gateway.Routing.Cascade.Schemas;

/// <summary>Follows <c>$ref</c> within the schema's own document; references elsewhere are not followed.</summary>
internal static class SchemaReference
{
    /// <summary>Where the schema's reference leads; false when it has none, or one that leads nowhere.</summary>
    public static bool TryFollow(JsonElement root, JsonElement schema, out JsonElement target)
    {
        target = root;
        if (!schema.TryGetProperty("$ref"u8, out var reference) || SchemaText.Of(reference) is not ['#', .. var path])
            return false;
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryStep(target, part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal), out target))
                return false;
        }

        return true;
    }

    private static bool TryStep(JsonElement from, string name, out JsonElement to)
    {
        to = default;
        if (from.ValueKind == JsonValueKind.Object)
            return from.TryGetProperty(name, out to);
        if (from.ValueKind != JsonValueKind.Array || !int.TryParse(name, out var index) || index < 0 || index >= from.GetArrayLength())
            return false;
        to = from[index];
        return true;
    }
}
