using System.Text.Json;

namespace Gateway.Protocol;

/// <summary>A turn's text out of the caller's bytes, unescaped.</summary>
public static class TurnText
{
    /// <summary>Writes the text of <paramref name="turn"/>, parts of an array separated by a line feed.</summary>
    /// <param name="body">The caller's bytes.</param>
    /// <param name="turn">A turn of that body.</param>
    /// <param name="destination">At least as long as the turn's content.</param>
    /// <returns>Bytes written, UTF-8.</returns>
    public static int CopyTo(ReadOnlySpan<byte> body, Turn turn, Span<byte> destination)
    {
        if (turn.Content.IsEmpty)
            return 0;
        var json = new Utf8JsonReader(turn.Content.In(body), new JsonReaderOptions { MaxDepth = int.MaxValue });
        json.Read();
        if (json.TokenType == JsonTokenType.String)
            return JsonText.CopyTo(ref json, destination);
        var written = 0;
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != 2 || !JsonText.Is(ref json, "text"u8))
                continue;
            json.Read();
            if (json.TokenType != JsonTokenType.String)
            {
                json.Skip();
                continue;
            }

            if (written > 0)
                destination[written++] = (byte)'\n';
            written += JsonText.CopyTo(ref json, destination[written..]);
        }

        return written;
    }

    /// <summary>The first text of <paramref name="turn"/> as it stands in the body, JSON escapes included: nothing is copied.</summary>
    public static ReadOnlySpan<byte> First(ReadOnlySpan<byte> body, Turn turn)
    {
        if (turn.TextBytes == 0)
            return [];
        var content = turn.Content.In(body);
        var json = new Utf8JsonReader(content, new JsonReaderOptions { MaxDepth = int.MaxValue });
        json.Read();
        if (json.TokenType == JsonTokenType.String)
            return json.ValueSpan;
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != 2 || !JsonText.Is(ref json, "text"u8))
                continue;
            json.Read();
            if (json.TokenType == JsonTokenType.String && json.ValueSpan.Length > 0)
                return json.ValueSpan;
            json.Skip();
        }

        return [];
    }
}
