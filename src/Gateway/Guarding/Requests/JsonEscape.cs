using System.Globalization;
using System.Text;

namespace Gateway.Guarding.Requests;

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
            stands = new Rune(raw.Length < 2 ? '\\' : PlainOf(raw[1]));
            return Math.Min(raw.Length, 2);
        }

        if (Rune.TryCreate(unit, out stands))
            return UnitLength;
        if (char.IsHighSurrogate((char)unit) && UnitAt(raw[UnitLength..]) is var low and >= 0 && Rune.TryCreate((char)unit, (char)low, out stands))
            return UnitLength * 2;
        stands = Rune.ReplacementChar;
        return UnitLength;
    }

    /// <summary>Writes the text that a string's content stands for.</summary>
    /// <param name="raw">Content of a JSON string, or a JSON value, of which the escapes of all strings are read and the rest stays.</param>
    /// <param name="text">At least as long.</param>
    /// <returns>Bytes written, valid UTF-8.</returns>
    public static int Decode(ReadOnlySpan<byte> raw, Span<byte> text)
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
            raw = raw[(run + Read(raw[run..], out var stands))..];
            written += stands.EncodeToUtf8(text[written..]);
        }
    }

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
    private static int UnitAt(ReadOnlySpan<byte> raw) =>
        raw is [(byte)'\\', (byte)'u', _, _, _, _, ..]
        && ushort.TryParse(raw.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? unit
            : -1;
}
