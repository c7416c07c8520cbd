namespace Gateway.Guardrails.Content.Urls;

/// <summary>Where an address begins.</summary>
/// <param name="Kind">How.</param>
/// <param name="Start">Its first byte.</param>
/// <param name="Authority">What names its host, or for a script its content.</param>
internal readonly record struct UrlStart(UrlKind Kind, int Start, int Authority)
{
    /// <summary>The address that has a pair of <see cref="UrlSigns"/> in its beginning.</summary>
    public static UrlStart At(ReadOnlySpan<byte> text, int sign) =>
        text[sign] is (byte)'/' or (byte)'\\' ? Relative(text, sign)
        : text[sign] == ':' ? Full(text, sign)
        : text[sign + 1] == ':' ? WithoutSlash(text, sign + 1)
        : Bare(text, sign);

    private static UrlStart Relative(ReadOnlySpan<byte> text, int slashes) =>
        UrlOpening.IsAfterOpener(text, slashes) ? new UrlStart(UrlKind.Relative, slashes, SkipSlashes(text, slashes)) : default;

    private static UrlStart Full(ReadOnlySpan<byte> text, int colon) =>
        UrlOpening.SchemeBefore(text, colon) is var start and >= 0 ? new UrlStart(UrlKind.Full, start, SkipSlashes(text, colon + 1)) : default;

    /// <summary>Browsers take a scheme's host also without slashes, and a renderer links to whatever stands as a destination.</summary>
    private static UrlStart WithoutSlash(ReadOnlySpan<byte> text, int colon)
    {
        if (UrlOpening.ScriptBefore(text, colon) is var script and >= 0)
            return new UrlStart(UrlKind.Script, script, colon + 1);
        if (colon + 1 == text.Length || text[colon + 1] is (byte)'/' or (byte)'\\')
            return default;
        return UrlOpening.SchemeBefore(text, colon) is var start and >= 0 && UrlOpening.IsDestination(text, start)
            ? new UrlStart(UrlKind.Full, start, colon + 1)
            : default;
    }

    private static UrlStart Bare(ReadOnlySpan<byte> text, int start)
    {
        var isHost = text.Length > start + 4 && (text[start + 2] | 0x20) == 'w' && text[start + 3] == '.' && UrlOpening.IsWordStart(text, start)
            && (start == 0 || text[start - 1] is not ((byte)'.' or (byte)'-' or (byte)'_' or (byte)'/' or (byte)'@' or (byte)'\\'));
        return isHost ? new UrlStart(UrlKind.Bare, start, start) : default;
    }

    private static int SkipSlashes(ReadOnlySpan<byte> text, int from)
    {
        var length = text[from..].IndexOfAnyExcept((byte)'/', (byte)'\\');
        return length < 0 ? text.Length : from + length;
    }
}
