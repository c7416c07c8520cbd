using System.Buffers;
using Gateway.Guardrails;
using Gateway.Protocol;

namespace Gateway.Delivery.Guarding;

/// <summary>The inside of a JSON string, and the text that it stands for: places of one in the other.</summary>
/// <remarks>Half of a surrogate pair, which JSON allows and Unicode does not, stands for U+FFFD, so that nothing can hide behind it.</remarks>
internal static class EscapedText
{
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
                json.Write(JsonEscape.Encode(redactions[next].With).EncodedUtf8Bytes);
            place += width;
            raw = raw[taken..];
        }
    }

    /// <summary>Bytes of the first character as it is written.</summary>
    /// <param name="raw">The inside of a string; not empty.</param>
    /// <param name="width">Bytes of it as UTF-8.</param>
    private static int CharacterLength(ReadOnlySpan<byte> raw, out int width)
    {
        if (raw[0] == '\\')
        {
            var taken = JsonEscape.Read(raw, out var rune);
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
}
