using System.Text.Json;

namespace Gateway.Protocol;

/// <summary>Text out of JSON strings, without throwing on what JSON allows and Unicode does not: half a surrogate pair.</summary>
/// <remarks>
/// The reader's own methods throw there, and an exception costs thousands of times what the six bytes <c>\ud800</c> cost a
/// caller; a body holds millions of them.
/// </remarks>
internal static class JsonText
{
    /// <summary>Bytes of an escaped UTF-16 unit: <c>\uXXXX</c>.</summary>
    private const int EscapeLength = 6;

    /// <summary>Whether the string or name reads as <paramref name="word"/>, however it is spelt.</summary>
    /// <param name="json">At a string or a property name.</param>
    /// <param name="word">Letters, digits and underscores, which only <c>\u</c> can escape.</param>
    public static bool Is(ref Utf8JsonReader json, ReadOnlySpan<byte> word)
    {
        var raw = json.ValueSpan;
        if (!json.ValueIsEscaped)
            return raw.SequenceEqual(word);
        foreach (var letter in word)
        {
            if (raw.IsEmpty)
                return false;
            var isEscape = raw[0] == '\\';
            if (isEscape ? JsonEscape.UnitAt(raw) != letter : raw[0] != letter)
                return false;
            raw = raw[(isEscape ? EscapeLength : 1)..];
        }

        return raw.IsEmpty;
    }

    /// <summary>The string's text, or null when an escape makes half a surrogate pair or a byte is not UTF-8.</summary>
    public static string? TryGet(ref Utf8JsonReader json)
    {
        if (json.ValueIsEscaped && HasHalfPair(json.ValueSpan))
            return null;
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Copies the string's text as UTF-8; of a string with half a surrogate pair, the text as it is written.</summary>
    /// <returns>Bytes written; never more than the string takes in JSON.</returns>
    public static int CopyTo(ref Utf8JsonReader json, Span<byte> destination)
    {
        if (json.ValueIsEscaped && !HasHalfPair(json.ValueSpan))
            return json.CopyString(destination);
        json.ValueSpan.CopyTo(destination);
        return json.ValueSpan.Length;
    }

    private static bool HasHalfPair(ReadOnlySpan<byte> raw)
    {
        while (raw.IndexOf((byte)'\\') is var at and >= 0)
        {
            raw = raw[at..];
            var unit = JsonEscape.UnitAt(raw);
            if (unit is < 0xD800 or > 0xDFFF)
            {
                // Of \\ and \" both bytes are skipped; what follows \uXXXX holds no backslash of its own.
                raw = raw[2..];
                continue;
            }

            if (unit > 0xDBFF || JsonEscape.UnitAt(raw[EscapeLength..]) is < 0xDC00 or > 0xDFFF)
                return true;
            raw = raw[(EscapeLength * 2)..];
        }

        return false;
    }
}
