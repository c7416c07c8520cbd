namespace Gateway.Guardrails.Content.Urls;

/// <summary>The host of an address.</summary>
/// <param name="Start">Where it begins, behind the user.</param>
/// <param name="End">Behind it, without the port.</param>
/// <param name="NameEnd">Behind the port.</param>
/// <param name="IsCutOff">More text could change it.</param>
/// <param name="HasMore">A path, a query or a fragment follows.</param>
internal readonly record struct UrlHost(int Start, int End, int NameEnd, bool IsCutOff, bool HasMore)
{
    /// <summary>Punctuation that ends a sentence or a quotation rather than belonging to what stands before it.</summary>
    public static ReadOnlySpan<byte> Trailing => ".,;:!?'\"*_~|`"u8;

    /// <summary>Reads what names the host: user, host and port, up to a slash, a query, a fragment, or what ends an address.</summary>
    public static UrlHost Of(ReadOnlySpan<byte> text, UrlStart start)
    {
        var isBare = start.Kind == UrlKind.Bare;
        var end = start.Authority + (isBare ? NameLength(text[start.Authority..]) : AuthorityLength(text, start));
        var at = isBare ? -1 : text[start.Authority..end].LastIndexOf((byte)'@');
        var host = start.Authority + at + 1;
        var name = NameLength(text[host..end]);
        // Behind two signs that are of no host a host does not go on, unless it visibly does.
        name = HasLabel(text[(host + name)..end]) ? end - host : name;
        var nameEnd = host + Trimmed(text[host..(host + name)]);
        var hasMore = end < text.Length && text[end] is (byte)'/' or (byte)'\\' or (byte)'?' or (byte)'#';
        return new UrlHost(host, host + WithoutPort(text[host..nameEnd]), nameEnd, end == text.Length || (isBare && end + 1 == text.Length && !hasMore), hasMore && (isBare ? nameEnd == end : true));
    }

    private static int AuthorityLength(ReadOnlySpan<byte> text, UrlStart start)
    {
        var end = new UrlEnd(text, start.Start);
        var at = start.Authority;
        while (at < text.Length && !end.IsAt(text[at]) && text[at] is not ((byte)'/' or (byte)'\\' or (byte)'?' or (byte)'#'))
            at++;
        return at - start.Authority;
    }

    /// <summary>What cannot be in a host ends it, unless more of a host follows: resolvers take strange names.</summary>
    private static int NameLength(ReadOnlySpan<byte> host)
    {
        var length = 0;
        while (length < host.Length && (IsOfHost(host[length]) || (!UrlEnd.IsHard(host[length]) && length + 1 < host.Length && IsOfHost(host[length + 1]))))
            length++;
        return length;
    }

    private static bool HasLabel(ReadOnlySpan<byte> rest) => rest.IndexOf((byte)'.') is var dot and >= 0 && !rest[dot..].TrimStart(Trailing).IsEmpty;

    /// <summary>
    /// The name without the punctuation that follows it, and without a particle of a language that writes them without a space, such as
    /// Korean: no top-level domain has letters of ASCII and of others (RFC 5890: it is one or the other).
    /// </summary>
    private static int Trimmed(ReadOnlySpan<byte> name)
    {
        name = name.TrimEnd(Trailing);
        var label = name[(name.LastIndexOf((byte)'.') + 1)..];
        var foreign = label.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
        if (foreign <= 0 || !char.IsAsciiLetter((char)label[0]) || HasDot(label[foreign..]))
            return name.Length;
        return name.Length - label.Length + foreign;
    }

    /// <summary>Whether there is one of the signs that browsers take for a dot (URL Standard, domain to ASCII; UTS 46).</summary>
    private static bool HasDot(ReadOnlySpan<byte> text) =>
        text.IndexOf("\u3002"u8) >= 0 || text.IndexOf("\uFF0E"u8) >= 0 || text.IndexOf("\uFF61"u8) >= 0;

    private static bool IsOfHost(byte sign) =>
        sign >= 0x80 || char.IsAsciiLetterOrDigit((char)sign) || sign is (byte)'.' or (byte)'-' or (byte)'_' or (byte)'%' or (byte)':' or (byte)'[' or (byte)']';

    private static int WithoutPort(ReadOnlySpan<byte> host)
    {
        var colon = host.LastIndexOf((byte)':');
        return colon > host.LastIndexOf((byte)']') && host[(colon + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 ? colon : host.Length;
    }
}
