using System.Text.Json;

namespace Gateway.Routing.Cascade.Schemas;

/// <summary>Strings out of JSON, without throwing on what JSON allows and Unicode does not: half a surrogate pair.</summary>
internal static class SchemaText
{
    /// <summary>The string, or null when it is none or no text.</summary>
    public static string? Of(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
