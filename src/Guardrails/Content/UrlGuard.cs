using Gateway.Guardrails.Content.Urls;

namespace Gateway.Guardrails.Content;

/// <summary>
/// Finds addresses of hosts that are not allowed, with the label <c>url_not_allowed</c>: an image that a renderer loads carries out what
/// stands in its address (OWASP LLM02 and LLM05, 2025).
/// </summary>
/// <remarks>
/// An address begins with <c>http</c>, <c>https</c>, <c>ws</c>, <c>wss</c>, <c>ftp</c> or <c>ftps</c> and a slash, as browsers take it
/// also one that leans backwards or is alone; with <c>www.</c>; or, as the destination of a link in Markdown, behind a bracket or as a value in HTML, with two slashes.
/// <c>javascript:</c>, <c>vbscript:</c> and <c>data:</c> are never allowed as the destination of a link. The host is what a browser would
/// ask: behind the last <c>@</c>, percent signs decoded. An address in the query of an allowed one is judged too. The finding covers the
/// whole address; a stream is held back while a host is not told whole, or the address of one that is not allowed may go on.
/// </remarks>
public sealed class UrlGuard : IGuard
{
    /// <summary>The finding's label.</summary>
    public const string Label = "url_not_allowed";

    private readonly AllowedHosts _allowed;

    /// <exception cref="FormatException">An entry is no host; says which.</exception>
    public UrlGuard(UrlSettings settings) => _allowed = new AllowedHosts(settings.Allowed);

    /// <summary>The longest of what makes an address of what follows it: <c>]: </c> with blanks, <c>href="</c>, an entity; and its own beginning.</summary>
    public int Lookbehind => 2 * UrlOpening.Longest;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found)
    {
        var (at, done) = (0, passage.Context);
        while (UrlSigns.Next(text, at) is var sign and >= 0)
        {
            at = sign + 1;
            var start = UrlStart.At(text, sign);
            // What began in the context and is not settled there was not an address when its beginning could be seen; what begins in one that was found is a part of it.
            if (start.Kind == UrlKind.None || start.Start < done)
                continue;
            var host = start.Kind == UrlKind.Script
                ? new UrlHost(start.Authority, start.Authority, start.Authority, IsCutOff: false, HasMore: true)
                : UrlHost.Of(text, start);
            if (host.IsCutOff && !passage.IsEnd)
                return start.Start;
            if (IsNone(text, start.Kind, host) || (start.Kind != UrlKind.Script && _allowed.Have(text[host.Start..host.End])))
            {
                at = Math.Max(at, host.NameEnd);
                continue;
            }

            at = host.HasMore ? UrlEnd.Of(text, start.Start, start.Authority) : host.NameEnd;
            // Its own end may be the beginning of another one.
            if (!passage.IsEnd && (at == text.Length || UrlOpening.OpenAtEnd(text) < at))
                return start.Start;
            var length = host.HasMore ? text[start.Start..at].TrimEnd(UrlHost.Trailing).Length : at - start.Start;
            found.Add(Label, start.Start, length);
            done = start.Start + length;
        }

        return passage.IsEnd ? text.Length : Math.Max(UrlOpening.OpenAtEnd(text), passage.Context);
    }

    /// <summary>Whether there is no host after all: a comment's slashes, a template's braces.</summary>
    private static bool IsNone(ReadOnlySpan<byte> text, UrlKind kind, in UrlHost host)
    {
        var name = text[host.Start..host.End];
        return kind switch
        {
            UrlKind.Script => false,
            UrlKind.Full => name.IsEmpty || (name[0] == '{' && IsBare(name)),
            UrlKind.Bare => name.Length <= "www.".Length,
            _ => IsBare(name),
        };
    }

    private static bool IsBare(ReadOnlySpan<byte> name) => name.IndexOfAny(".[%"u8) < 0 && name.IndexOfAnyInRange((byte)0x80, (byte)0xFF) < 0;
}
