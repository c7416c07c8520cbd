using System.Text;
using System.Text.Json;

namespace Gateway.Upstream.SideCalls;

/// <summary>Takes answers apart that may hold anything.</summary>
internal static class JsonAnswer
{
    /// <summary>The answer as JSON; null when there is none, it is a refusal, or it is not JSON.</summary>
    public static JsonElement? Of(SideReply reply)
    {
        if (!reply.IsGood)
            return null;
        try
        {
            using var document = JsonDocument.Parse(reply.Body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static bool TryGet(JsonElement from, string name, JsonValueKind kind, out JsonElement value)
    {
        value = default;
        return from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out value) && value.ValueKind == kind;
    }

    /// <summary>A list as it is written in the answer, brackets and all; null when there is none.</summary>
    public static byte[]? Written(JsonElement? from, string name) =>
        from is { } answer && TryGet(answer, name, JsonValueKind.Array, out var list) ? Encoding.UTF8.GetBytes(list.GetRawText()) : null;

    /// <summary>A list of token ids; null when it is none, or empty.</summary>
    public static int[]? Ids(JsonElement? from, string name)
    {
        if (from is not { } answer || !TryGet(answer, name, JsonValueKind.Array, out var list) || list.GetArrayLength() == 0)
            return null;
        var (ids, count) = (new int[list.GetArrayLength()], 0);
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out ids[count++]))
                return null;
        }

        return ids;
    }
}
