using System.Buffers;

namespace Gateway.Guardrails.Secrets;

/// <summary>
/// A private key in a text: from <c>-----BEGIN ... PRIVATE KEY-----</c> to the END that answers it (RFC 7468; OpenSSH's PROTOCOL.key; RFC 9580, section 6.2, for
/// PGP). Without END, to the end of its base 64. Line ends may be written as <c>\n</c>, and lines as strings of a program.
/// </summary>
internal sealed class PrivateKeyBlock : ISecretForm
{
    /// <summary>What a block begins with.</summary>
    public const string Anchor = "-----BEGIN ";

    /// <summary>The kind.</summary>
    public const string Label = "private_key";

    // The longest label in use is that of PGP, "PGP PRIVATE KEY BLOCK".
    private const int MostLabel = 40;

    // RFC 7468 has 64 characters a line, OpenSSH 70, PGP 60 to 76; those who fold keys into programs cut them shorter. A sentence's words are shorter still.
    private const int LeastLine = 16;

    // Two headers are in use (RFC 1421), some more comments of PGP's. The bound keeps a text of nothing but headers from being read once for each block begun in it.
    private const int MostHeaders = 8;

    private const int MostHeader = 128;

    private static readonly SearchValues<byte> LabelBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 "u8);

    private static readonly SearchValues<byte> Dashes = SearchValues.Create("-"u8);

    public Sighting Judge(in SeenText text, int start, int end)
    {
        if (!text.Utf8[start..end].SequenceEqual("-----BEGIN "u8))
            return Sighting.None;
        var labelEnd = text.RunEnd(end, LabelBytes, MostLabel);
        if (labelEnd - end == MostLabel)
            return Sighting.None;
        if (text.MayGoOn(labelEnd))
            return Sighting.Open(start);
        if (text.Utf8[end..labelEnd].IndexOf("PRIVATE KEY"u8) < 0)
            return Sighting.None;
        var dashes = text.RunEnd(labelEnd, Dashes, 5);
        if (text.MayGoOn(dashes) && dashes - labelEnd < 5)
            return Sighting.Open(start);
        return dashes - labelEnd == 5 ? Body(text, start, dashes) : Sighting.None;
    }

    /// <summary>Goes along lines and what separates them, up to END or to what belongs to no block.</summary>
    private static Sighting Body(in SeenText text, int start, int at)
    {
        // Where the window was cut by force, its BEGIN is shown again and what follows is the rest of a line, of whatever length.
        var goesOn = start < text.Context && at >= text.Context - 2 && text.Utf8[at..].IndexOfAnyExcept(KeyAlphabet.Base64) is var rest && (rest < 0 || text.Utf8[at + rest] is not ((byte)'_' or (byte)'-'));
        var (last, sure, lines, headers) = (goesOn ? at : 0, goesOn ? at : 0, 0, 0);
        while (true)
        {
            at = SkipBetween(text, at);
            if (at == text.Utf8.Length)
                return text.IsEnd ? Closed(start, last) : Sighting.Open(start);
            if (text.Utf8[at] == '-')
                return End(text, start, at, last, sure);
            var stop = text.RunEnd(at, KeyAlphabet.Base64, int.MaxValue);
            if (stop == at || (last != sure && text.Utf8[at] != '='))
                return Closed(start, sure);
            if (lines == 0 && stop < text.Utf8.Length && text.Utf8[stop] is (byte)':' or (byte)'-')
            {
                // A header, as "Proc-Type: 4,ENCRYPTED" or PGP's "Version:".
                var header = text.Utf8.Slice(stop, Math.Min(MostHeader, text.Utf8.Length - stop));
                var lineEnd = header.IndexOfAny((byte)'\n', (byte)'\\');
                if (lineEnd < 0 || headers++ == MostHeaders)
                    return header.Length < MostHeader && text.MayGoOn(stop + header.Length) ? Sighting.Open(start) : Closed(start, sure);
                at = stop + lineEnd;
                continue;
            }

            if (text.MayGoOn(stop))
                return Sighting.Open(start);
            var isShort = stop - at < LeastLine && !(goesOn && lines == 0);
            if (isShort && lines == 0)
                return Closed(start, sure);

            // A short line may be the last, or the first word behind a block without END: padding, or END behind it, tells.
            lines++;
            last = at = stop;
            if (!isShort || text.Utf8[stop - 1] == '=')
                sure = last;
        }
    }

    /// <summary>Dashes behind the body: END belongs to the block, up to its last dash.</summary>
    private static Sighting End(in SeenText text, int start, int at, int last, int sure)
    {
        var rest = text.Utf8[at..];
        var mark = "-----END "u8;
        if (rest.Length < mark.Length && mark.StartsWith(rest) && !text.IsEnd)
            return Sighting.Open(start);
        if (!rest.StartsWith(mark))
            return Closed(start, sure);
        var labelEnd = text.RunEnd(at + mark.Length, LabelBytes, MostLabel);
        var dashes = text.RunEnd(labelEnd, Dashes, 5);
        if (text.MayGoOn(dashes) && dashes - labelEnd < 5)
            return Sighting.Open(start);
        return last > 0 ? Closed(start, dashes) : Sighting.None;
    }

    private static Sighting Closed(int start, int last) => last > 0 ? new Sighting(Label, start, last, 1) : Sighting.None;

    /// <summary>Skips blanks and line ends, also escaped ones, and the quotes, commas and plus signs between strings of a program.</summary>
    private static int SkipBetween(in SeenText text, int at)
    {
        while (at < text.Utf8.Length)
        {
            var here = text.Utf8[at];
            if (here is (byte)'\\' && at + 1 < text.Utf8.Length && text.Utf8[at + 1] is (byte)'n' or (byte)'r' or (byte)'t' or (byte)'\\')
                at += 2;
            else if (here is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'"' or (byte)'\'' or (byte)',' or (byte)'\\' or (byte)'>' or (byte)'|' or (byte)'#')
                at++;
            else if (here == '+' && at + 1 < text.Utf8.Length && text.Utf8[at + 1] is (byte)' ' or (byte)'\n' or (byte)'\r')
                at++;
            else
                break;
        }

        return at;
    }
}
