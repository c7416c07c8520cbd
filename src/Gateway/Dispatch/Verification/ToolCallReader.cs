using System.Text.Json;
using Gateway.Protocol;
using Gateway.Routing.Cascade.Checks;

namespace Gateway.Dispatch.Verification;

/// <summary>Reads one element of <c>tool_calls</c>, a whole call or a piece of one, into a draft.</summary>
internal static class ToolCallReader
{
    /// <param name="json">At the element's opening brace.</param>
    /// <param name="payload">What the reader reads.</param>
    /// <param name="draft">Filled in.</param>
    /// <param name="position">The element's place in its array, which numbers the calls where they carry no index.</param>
    public static void Read(ref Utf8JsonReader json, ReadOnlySpan<byte> payload, DraftAnswer draft, int position)
    {
        // The index may stand behind the function, and a second reader is cheaper than what would have to be kept.
        var call = draft.Call(IndexOf(json) ?? position);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isFunction = JsonText.Is(ref json, "function"u8);
            json.Read();
            if (isFunction && call is not null && json.TokenType == JsonTokenType.StartObject)
                ReadFunction(ref json, payload, call);
            else
                json.Skip();
        }
    }

    private static int? IndexOf(Utf8JsonReader json)
    {
        int? index = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isIndex = JsonText.Is(ref json, "index"u8);
            json.Read();
            if (isIndex && json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var value))
                index = value;
            json.Skip();
        }

        return index;
    }

    private static void ReadFunction(ref Utf8JsonReader json, ReadOnlySpan<byte> payload, DraftCall call)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isName = JsonText.Is(ref json, "name"u8);
            var isArguments = JsonText.Is(ref json, "arguments"u8);
            json.Read();
            if (isName && json.TokenType == JsonTokenType.String)
                call.Name ??= JsonText.TryGet(ref json);
            else if (isArguments)
                ReadArguments(ref json, payload, call);
            json.Skip();
        }
    }

    /// <summary>A string of JSON by the API; some servers write the JSON itself.</summary>
    private static void ReadArguments(ref Utf8JsonReader json, ReadOnlySpan<byte> payload, DraftCall call)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            call.Advance(JsonText.CopyTo(ref json, call.Room(json.ValueSpan.Length)));
            return;
        }

        if (json.TokenType == JsonTokenType.Null)
            return;
        var start = (int)json.TokenStartIndex;
        json.Skip();
        var value = payload[start..(int)json.BytesConsumed];
        value.CopyTo(call.Room(value.Length));
        call.Advance(value.Length);
    }
}
