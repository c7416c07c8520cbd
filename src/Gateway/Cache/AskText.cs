using System.Buffers;
using System.Text;
using System.Text.Json;
using Gateway.Protocol;

namespace Gateway.Cache;

/// <summary>The last ask as a text that can be compared by its meaning.</summary>
internal static class AskText
{
    /// <param name="body">The caller's bytes.</param>
    /// <param name="turn">The turn of the ask.</param>
    /// <param name="longest">Bytes of the longest ask that is compared.</param>
    /// <returns>Null when it is empty or too long, or holds anything but text, so that its text is not all that it says.</returns>
    public static string? Of(ReadOnlySpan<byte> body, Turn turn, int longest)
    {
        if (turn.TextBytes == 0 || turn.Attachments > 0 || turn.TextBytes > longest || !IsPlain(turn.Content.In(body)))
            return null;
        var buffer = ArrayPool<byte>.Shared.Rent(turn.Content.Length);
        var text = Encoding.UTF8.GetString(buffer.AsSpan(0, TurnText.CopyTo(body, turn, buffer)));
        ArrayPool<byte>.Shared.Return(buffer);
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>A string, or one part of type text that has no other members: the bounds between parts could mean something.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> content)
    {
        if (content[0] == '"')
            return true;
        var json = new Utf8JsonReader(content, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var (parts, texts) = (0, 0);
        json.Read();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            parts++;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isText = JsonText.Is(ref json, "text"u8);
                if (!isText && !JsonText.Is(ref json, "type"u8))
                    return false;
                texts += isText ? 1 : 0;
                json.Read();
                json.Skip();
            }
        }

        return (parts, texts) == (1, 1);
    }
}
