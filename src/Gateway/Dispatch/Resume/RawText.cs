using System.Text.Json;
using Gateway.Protocol;

namespace Gateway.Dispatch.Resume;

/// <summary>Text as it stands inside a JSON string, escapes and all.</summary>
internal static class RawText
{
    /// <summary>Bytes of the text without the white space at its end that a chat template may trim.</summary>
    /// <remarks>Python's <c>strip</c> takes every kind of space; of those beyond ASCII the two that models do write are known here.</remarks>
    public static int SolidLength(ReadOnlySpan<byte> text)
    {
        while (SpaceAtEnd(text) is var space and > 0)
            text = text[..^space];
        return text.Length;
    }

    /// <summary>Bytes of the first character of a text that is nothing but white space.</summary>
    public static int SpaceAtStart(ReadOnlySpan<byte> space) => space[0] switch
    {
        (byte)'\\' => 2,
        >= 0xE0 => 3,
        >= 0x80 => 2,
        _ => 1,
    };

    /// <summary>The text as UTF-8, its escapes undone; with half a surrogate pair in it, as it is written.</summary>
    public static byte[] Unescape(ReadOnlySpan<byte> text)
    {
        if (!text.Contains((byte)'\\'))
            return text.ToArray();
        byte[] quoted = [(byte)'"', .. text, (byte)'"'];
        var json = new Utf8JsonReader(quoted);
        json.Read();
        var bytes = new byte[text.Length];
        return bytes[..JsonText.CopyTo(ref json, bytes)];
    }

    /// <summary>Bytes of the text as written that stand for its first bytes of UTF-8; -1 when such a place is inside a character.</summary>
    public static int WrittenLength(ReadOnlySpan<byte> text, int length)
    {
        var at = 0;
        while (length > 0 && at < text.Length)
        {
            var written = text[at] != '\\' ? 1 : text[at + 1] == 'u' ? UnitsLength(text[at..]) : 2;
            length -= written <= 2 ? 1 : Unescape(text.Slice(at, written)).Length;
            at += written;
        }

        return length == 0 ? at : -1;
    }

    /// <summary>Bytes of an escaped character, which may be a pair of units.</summary>
    private static int UnitsLength(ReadOnlySpan<byte> text) =>
        text is [_, _, (byte)'d' or (byte)'D', (byte)'8' or (byte)'9' or (byte)'a' or (byte)'A' or (byte)'b' or (byte)'B', _, _, (byte)'\\', (byte)'u', _, _, _, _, ..] ? 12 : 6;

    private static int SpaceAtEnd(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return 0;
        switch (text[^1])
        {
            case (byte)' ':
                return 1;
            case (byte)'n' or (byte)'r' or (byte)'t':
                return IsEscape(text) ? 2 : 0;
            case 0xA0 when text.EndsWith("\u00A0"u8):
                return 2;
            case 0x80 when text.EndsWith("\u3000"u8):
                return 3;
            default:
                return 0;
        }
    }

    /// <summary>Whether the last letter is escaped: an odd number of backslashes stands before it.</summary>
    private static bool IsEscape(ReadOnlySpan<byte> text)
    {
        var slashes = 0;
        while (slashes < text.Length - 1 && text[^(2 + slashes)] == '\\')
            slashes++;
        return slashes % 2 == 1;
    }
}
