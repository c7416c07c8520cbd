namespace Gateway.Guardrails.Injection;

/// <summary>Text of a page that a reader does not see: comments, and elements whose style hides them.</summary>
public static class HiddenMarkup
{
    private const string Label = "hidden_text";
    private const int Longest = 16 * 1024;
    private const int LongestElement = 4096;
    private const int LongestTag = 400;

    private static readonly byte[][] Styles =
    [
        "display:none"u8.ToArray(), "visibility:hidden"u8.ToArray(), "font-size:0"u8.ToArray(), "opacity:0"u8.ToArray(), "color:white"u8.ToArray(),
        "color:#fff"u8.ToArray(), "color:transparent"u8.ToArray(), "color:#ffffff"u8.ToArray(),
    ];

    /// <summary>Judges the comments of a text.</summary>
    public static void Comments(ReadOnlySpan<byte> text, InjectionJudge judge, Findings found)
    {
        var at = 0;
        while (text[at..].IndexOf("<!--"u8) is var next and >= 0)
        {
            var start = at + next;
            var rest = text[start..Math.Min(text.Length, start + Longest)];
            var length = rest.IndexOf("-->"u8) is var end and >= 0 ? end + 3 : rest.Length;
            if (judge.IsAttack(rest[4..Math.Max(4, length - 3)], out var score))
                found.Add(Label, start, length, score);
            at = start + length;
        }
    }

    /// <summary>Judges the elements whose style is within a region.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the region begins.</param>
    /// <param name="end">Behind it.</param>
    /// <param name="judged">How far elements were judged; moved on, so that nothing is judged twice.</param>
    /// <param name="judge">Judges what is hidden.</param>
    /// <param name="found">Takes what is found.</param>
    public static void Elements(ReadOnlySpan<byte> text, int start, int end, ref int judged, InjectionJudge judge, Findings found)
    {
        Span<byte> tag = stackalloc byte[LongestTag];
        var at = Math.Max(0, start - LongestTag);
        at = Math.Max(judged, at + Math.Max(0, text[at..start].LastIndexOf((byte)'<')));
        while (at < end && text[at..end].IndexOf((byte)'<') is var next and >= 0)
        {
            at += next;
            var close = text[at..Math.Min(text.Length, at + LongestTag)].IndexOf((byte)'>');
            if (close < 0)
            {
                at++;
                continue;
            }

            var from = at + close + 1;
            if (Hides(text[at..from], tag))
            {
                var content = text[from..Math.Min(text.Length, from + LongestElement)];
                content = content.IndexOf("</"u8) is var stop and >= 0 ? content[..stop] : content;
                if (judge.IsAttack(content, out var score))
                    found.Add(Label, at, from + content.Length - at, score);
                from += content.Length;
            }

            at = judged = from;
        }
    }

    /// <summary>Whether a tag's style hides its element; spaces and case do not matter.</summary>
    private static bool Hides(ReadOnlySpan<byte> tag, Span<byte> room)
    {
        if (tag.EndsWith(" hidden>"u8))
            return true;
        var count = 0;
        foreach (var b in tag)
        {
            if (b is not ((byte)' ' or (byte)'\t' or (byte)'\n'))
                room[count++] = b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
        }

        foreach (var style in Styles)
        {
            var at = room[..count].IndexOf(style);
            // A background's colour hides nothing, nor does an opacity of one half.
            if (at > 0 && room[at - 1] is not (byte)'-' && !(at + style.Length < count && room[at + style.Length] == '.'))
                return true;
        }

        return false;
    }
}
