using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gateway.Guardrails;

namespace Gateway.Delivery.Guarding;

/// <summary>The inside of a JSON string, and the text that it stands for: places of one in the other.</summary>
/// <remarks>Half of a surrogate pair, which JSON allows and Unicode does not, stands for U+FFFD, so that nothing can hide behind it.</remarks>
internal static class EscapedText
{
    private const int EscapeLength = 6;

    /// <summary>Writes the text that a string stands for.</summary>
    /// <param name="raw">Inside of a valid JSON string.</param>
    /// <param name="utf8">Filled in; at least as long.</param>
    /// <returns>Bytes written.</returns>
    public static int Unescape(ReadOnlySpan<byte> raw, Span<byte> utf8)
    {
        var length = 0;
        while (raw.IndexOf((byte)'\\') is var plain and >= 0)
        {
            raw[..plain].CopyTo(utf8[length..]);
            length += plain;
            raw = raw[plain..];
            var taken = Read(raw, out var rune);
            length += rune.EncodeToUtf8(utf8[length..]);
            raw = raw[taken..];
        }

        raw.CopyTo(utf8[length..]);
        return length + raw.Length;
    }

    /// <summary>Writes a string with what is redacted in its text replaced; the rest keeps its own bytes.</summary>
    /// <param name="raw">Inside of the string.</param>
    /// <param name="from">The place of its text's first byte, as redactions count.</param>
    /// <param name="redactions">By place; those elsewhere are passed over.</param>
    /// <param name="json">Where to.</param>
    public static void Rewrite(ReadOnlySpan<byte> raw, int from, ReadOnlySpan<Redaction> redactions, IBufferWriter<byte> json)
    {
        var (place, next) = (from, 0);
        while (!raw.IsEmpty)
        {
            while (next < redactions.Length && redactions[next].End <= place)
                next++;
            var taken = CharacterLength(raw, out var width);
            var isGone = next < redactions.Length && redactions[next].Start < place + width;
            if (!isGone)
                json.Write(raw[..taken]);
            else if (redactions[next].Start >= place)
                Write(redactions[next].With, json);
            place += width;
            raw = raw[taken..];
        }
    }

    /// <summary>Writes text as the inside of a JSON string.</summary>
    private static void Write(string text, IBufferWriter<byte> json) => json.Write(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);

    /// <summary>Bytes of the first character as it is written.</summary>
    /// <param name="raw">The inside of a string; not empty.</param>
    /// <param name="width">Bytes of it as UTF-8.</param>
    private static int CharacterLength(ReadOnlySpan<byte> raw, out int width)
    {
        if (raw[0] == '\\')
        {
            var taken = Read(raw, out var rune);
            width = rune.Utf8SequenceLength;
            return taken;
        }

        width = raw[0] switch
        {
            < 0x80 => 1,
            < 0xE0 => 2,
            < 0xF0 => 3,
            _ => 4,
        };
        return width;
    }

    /// <summary>Reads an escape, or the two that make a pair.</summary>
    private static int Read(ReadOnlySpan<byte> raw, out Rune rune)
    {
        if (raw[1] != 'u')
        {
            rune = new Rune((char)(raw[1] switch
            {
                (byte)'n' => (byte)'\n',
                (byte)'t' => (byte)'\t',
                (byte)'r' => (byte)'\r',
                (byte)'b' => (byte)'\b',
                (byte)'f' => (byte)'\f',
                var same => same,
            }));
            return 2;
        }

        var unit = UnitAt(raw);
        if (Rune.TryCreate(unit, out rune))
            return EscapeLength;
        if (char.IsHighSurrogate(unit) && raw[EscapeLength..] is [(byte)'\\', (byte)'u', ..] && Rune.TryCreate(unit, UnitAt(raw[EscapeLength..]), out rune))
            return 2 * EscapeLength;
        rune = Rune.ReplacementChar;
        return EscapeLength;
    }

    private static char UnitAt(ReadOnlySpan<byte> escape) => (char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
