using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gateway.Protocol;

/// <summary>Escapes of JSON strings (RFC 8259, section 7), read one by one.</summary>
internal static class JsonEscape
{
    private const int UnitLength = 6;

    /// <summary>The escape that the bytes begin with.</summary>
    /// <param name="raw">Content of a string that JSON allows, from a backslash on.</param>
    /// <param name="stands">What it stands for; of half a surrogate pair, which JSON allows and UTF-8 has no form for, U+FFFD.</param>
    /// <returns>Bytes of it.</returns>
    public static int Read(ReadOnlySpan<byte> raw, out Rune stands)
    {
        var unit = UnitAt(raw);
        if (unit < 0)
        {
            // Arguments need not be JSON: a backslash that escapes nothing stands for itself.
            var escapes = raw.Length > 1 && "\"\\/bfnrt"u8.Contains(raw[1]);
            stands = new Rune(escapes ? PlainOf(raw[1]) : '\\');
            return escapes ? 2 : 1;
        }

        if (Rune.TryCreate(unit, out stands))
            return UnitLength;
        if (char.IsHighSurrogate((char)unit) && UnitAt(raw[UnitLength..]) is var low and >= 0 && Rune.TryCreate((char)unit, (char)low, out stands))
            return UnitLength * 2;
        stands = Rune.ReplacementChar;
        return UnitLength;
    }

    /// <summary>The escape that the bytes begin with, and how many bytes of a text it is.</summary>
    /// <param name="raw">From a backslash on.</param>
    /// <param name="reading">Which escapes the text is without.</param>
    /// <param name="stands">What it stands for; null where it stays as it is.</param>
    /// <returns>Bytes of it, and of what is in the text in its place.</returns>
    public static (int Raw, int Text) Read(ReadOnlySpan<byte> raw, EscapeReading reading, out Rune? stands)
    {
        var width = Read(raw, out var character);
        var isUndone = reading == EscapeReading.All || (reading == EscapeReading.Letters && IsLetter(raw, character));
        stands = isUndone ? character : null;
        return (width, isUndone ? character.Utf8SequenceLength : width);
    }

    /// <summary>Writes the text that JSON stands for.</summary>
    /// <param name="raw">Content of a JSON string, or a JSON value, of which the escapes of all strings are read and the rest stays.</param>
    /// <param name="text">At least as long; may be the same bytes.</param>
    /// <param name="reading">Which escapes the text is without.</param>
    /// <returns>Bytes written, valid UTF-8.</returns>
    public static int Decode(ReadOnlySpan<byte> raw, Span<byte> text, EscapeReading reading = EscapeReading.All)
    {
        var written = 0;
        while (true)
        {
            var run = raw.IndexOf((byte)'\\');
            if (run < 0)
            {
                raw.CopyTo(text[written..]);
                return written + raw.Length;
            }

            raw[..run].CopyTo(text[written..]);
            written += run;
            raw = raw[run..];
            var (width, _) = Read(raw, reading, out var stands);
            if (stands is { } character)
            {
                written += character.EncodeToUtf8(text[written..]);
            }
            else
            {
                raw[..width].CopyTo(text[written..]);
                written += width;
            }

            raw = raw[width..];
        }
    }

    /// <summary>A text as it stands in a JSON string, quotes excluded.</summary>
    public static JsonEncodedText Encode(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    /// <summary>Whether JSON may have the character unescaped: then it says the same with it.</summary>
    private static bool IsLetter(ReadOnlySpan<byte> raw, Rune character) =>
        raw.Length > 1 && raw[1] == 'u' && character.Value >= ' ' && character.Value is not ('"' or '\\') && character != Rune.ReplacementChar;

    private static char PlainOf(byte letter) => letter switch
    {
        (byte)'n' => '\n',
        (byte)'t' => '\t',
        (byte)'r' => '\r',
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        _ => (char)(letter & 0x7F),
    };

    /// <summary>The unit that <c>\uXXXX</c> at the start stands for; -1 when there is no such escape.</summary>
    public static int UnitAt(ReadOnlySpan<byte> raw) =>
        raw is [(byte)'\\', (byte)'u', _, _, _, _, ..]
        && ushort.TryParse(raw.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? unit
            : -1;
}

/// <summary>Which escapes of JSON a text is without.</summary>
internal enum EscapeReading : byte
{
    /// <summary>None: it is the JSON as written.</summary>
    None,

    /// <summary>Those of characters that need none: it is still JSON and says the same, but hides no letters from guards.</summary>
    Letters,

    /// <summary>All.</summary>
    All,
}
