using System.Text.Json;
using Gateway.Protocol;

namespace Gateway.Guarding.Requests;

/// <summary>Redactions of a JSON text, cut down to its strings and numbers, so that what is left is JSON.</summary>
internal static class JsonPieces
{
    /// <summary>What is replaced, in place of ranges that may reach over quotes, commas and escapes.</summary>
    /// <param name="json">The text.</param>
    /// <param name="wanted">Ranges by place, none touching another.</param>
    /// <returns>The pieces by place; null when the text is no JSON.</returns>
    public static List<JsonPiece>? Of(ReadOnlySpan<byte> json, IReadOnlyList<JsonPiece> wanted)
    {
        var pieces = new List<JsonPiece>(wanted.Count);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var (next, placed) = (0, -1);
        try
        {
            while (reader.Read())
            {
                var (start, length) = ((int)reader.TokenStartIndex, reader.ValueSpan.Length);
                var isString = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName;
                if (!isString && reader.TokenType != JsonTokenType.Number)
                    continue;
                start += isString ? 1 : 0;
                while (next < wanted.Count && wanted[next].End <= start)
                    next++;
                if (isString)
                    InString(reader.ValueSpan, start, wanted, next, ref placed, pieces);
                else if (next < wanted.Count && wanted[next].Start < start + length)
                    InNumber(start, length, wanted, next, ref placed, pieces);
            }

            return pieces;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void InString(ReadOnlySpan<byte> raw, int start, IReadOnlyList<JsonPiece> wanted, int next, ref int placed, List<JsonPiece> pieces)
    {
        var walk = new EscapeWalk(raw, EscapeReading.None);
        var free = 0;
        for (var i = next; i < wanted.Count && wanted[i].Start < start + raw.Length; i++)
        {
            var from = Math.Max(free, walk.Floor(Math.Max(0, wanted[i].Start - start)));
            var to = walk.Ceiling(Math.Min(raw.Length, wanted[i].End - start));
            if (to <= from)
                continue;
            // What reaches over several strings has its placeholder in the first.
            pieces.Add(new JsonPiece(start + from, to - from, i == placed ? "" : JsonEscape.Encode(wanted[i].With).ToString()));
            (free, placed) = (to, i);
        }
    }

    /// <summary>A number cannot hold a placeholder: the whole of it becomes a string.</summary>
    private static void InNumber(int start, int length, IReadOnlyList<JsonPiece> wanted, int next, ref int placed, List<JsonPiece> pieces)
    {
        pieces.Add(new JsonPiece(start, length, next == placed ? "null" : $"\"{JsonEscape.Encode(wanted[next].With)}\""));
        placed = next;
    }
}

/// <summary>Bytes of a JSON text that are replaced.</summary>
/// <param name="Start">Where they begin.</param>
/// <param name="Length">How many there are.</param>
/// <param name="With">What stands there instead.</param>
internal readonly record struct JsonPiece(int Start, int Length, string With)
{
    public int End => Start + Length;
}
