namespace Gateway.Guardrails.Content.Urls;

/// <summary>How addresses begin.</summary>
internal static class UrlOpening
{
    /// <summary>Bytes of the longest beginning without the slashes, <c>javascript:</c>, and some more.</summary>
    public const int Longest = 16;

    private const int MostBlanks = 4;

    /// <summary>Whether what lies before a place makes a host of what follows two slashes: a link in Markdown, a bracket, a quote, an equals sign.</summary>
    public static bool IsAfterOpener(ReadOnlySpan<byte> text, int at) =>
        at > 0 && (text[at - 1] is (byte)'(' or (byte)'<' or (byte)'"' or (byte)'\'' or (byte)'=' || IsDestination(text, at));

    /// <summary>Whether the destination of a link in Markdown begins at a place: <c>](</c>, <c>](&lt;</c> or <c>]: </c> lie before it.</summary>
    public static bool IsDestination(ReadOnlySpan<byte> text, int at)
    {
        if (at > 0 && text[at - 1] == '<')
            at--;
        for (var blanks = 0; blanks < MostBlanks && at > 0 && text[at - 1] is (byte)' ' or (byte)'\t' or (byte)'\n'; blanks++)
            at--;
        return at > 1 && text[at - 2] == ']' && text[at - 1] is (byte)'(' or (byte)':';
    }

    /// <summary>Where the scheme begins that ends before a place and that names a host; -1 when there is none.</summary>
    public static int SchemeBefore(ReadOnlySpan<byte> text, int end)
    {
        text = text[..end];
        var length = EndsWith(text, "https"u8) ? 5
            : EndsWith(text, "http"u8) || EndsWith(text, "ftps"u8) ? 4
            : EndsWith(text, "wss"u8) || EndsWith(text, "ftp"u8) ? 3
            : EndsWith(text, "ws"u8) ? 2 : 0;
        return length > 0 && IsWordStart(text, end - length) ? end - length : -1;
    }

    /// <summary>Where the scheme begins that ends before a place and that carries its content with it; -1 when there is none.</summary>
    public static int ScriptBefore(ReadOnlySpan<byte> text, int end)
    {
        text = text[..end];
        var length = EndsWith(text, "javascript"u8) ? 10 : EndsWith(text, "vbscript"u8) ? 8 : EndsWith(text, "data"u8) ? 4 : 0;
        return length > 0 && IsLink(text, end - length) ? end - length : -1;
    }

    /// <summary>Where something begins at the text's end that may become an address with what follows; the text's length when nothing does.</summary>
    public static int OpenAtEnd(ReadOnlySpan<byte> text)
    {
        for (var at = Math.Max(0, text.Length - Longest); at < text.Length; at++)
        {
            var rest = text[at..];
            // The last case is the slashes': one that leans backwards has this bit set too, and what is no slash is sorted out behind the arrow.
            var isOpen = (rest[0] | 0x20) switch
            {
                'h' => IsWordStart(text, at) && (IsBegun(rest, "https:"u8) || IsBegun(rest, "http:"u8)),
                'f' => IsWordStart(text, at) && (IsBegun(rest, "ftps:"u8) || IsBegun(rest, "ftp:"u8)),
                'w' => IsWordStart(text, at) && (IsBegun(rest, "www."u8) || IsBegun(rest, "wss:"u8) || IsBegun(rest, "ws:"u8)),
                'j' => IsBegun(rest, "javascript:"u8) && IsLink(text, at),
                'v' => IsBegun(rest, "vbscript:"u8) && IsLink(text, at),
                'd' => IsBegun(rest, "data:"u8) && IsLink(text, at),
                '/' or '|' => rest.IndexOfAnyExcept((byte)'/', (byte)'\\') < 0 && IsAfterOpener(text, at),
                _ => false,
            };
            if (isOpen)
                return at;
        }

        return text.Length;
    }

    /// <summary>Whether no letter or digit of ASCII stands before a place; other scripts' letters stand before addresses without a space.</summary>
    public static bool IsWordStart(ReadOnlySpan<byte> text, int at) => at == 0 || !char.IsAsciiLetterOrDigit((char)text[at - 1]);

    private static bool IsLink(ReadOnlySpan<byte> text, int at)
    {
        if (IsDestination(text, at))
            return true;
        var before = at > 0 && text[at - 1] is (byte)'"' or (byte)'\'' ? text[..(at - 1)] : text[..at];
        return EndsWith(before, "href="u8) || EndsWith(before, "src="u8);
    }

    private static bool IsBegun(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> whole) =>
        rest.Length <= whole.Length && System.Text.Ascii.EqualsIgnoreCase(rest, whole[..rest.Length]);

    private static bool EndsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> end) =>
        text.Length >= end.Length && System.Text.Ascii.EqualsIgnoreCase(text[^end.Length..], end);
}
