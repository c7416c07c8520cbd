using System.Buffers;

namespace Gateway.Guardrails.Injection;

/// <summary>Markers that separate roles in the templates of chat models, where nobody but a template should write them.</summary>
/// <remarks>
/// ChatML, Llama 2 and 3, Gemma, Mistral, Phi. To speak of a marker is no attack: within backticks, in a fenced block, with a place for a variable
/// behind it, or without a message behind it, it is left alone.
/// </remarks>
public struct RoleMarkers
{
    private const string Label = "fake_role";

    /// <summary>Letters behind a marker that make a message.</summary>
    private const int ShortestMessage = 8;
    private const int Reach = 48;
    private const int LongestLine = 256;
    private const int LongestMessage = 400;

    /// <summary>Headings that follow each other more closely are one matter: their messages overlap, and judging each would take its time.</summary>
    private const int Stride = 100;

    private static readonly SearchValues<byte> Firsts = SearchValues.Create("<[#SHA"u8);

    /// <summary>Where a message ends: in code or a template, or at the next marker.</summary>
    private static readonly SearchValues<byte> Enders = SearchValues.Create("`{%\"'["u8);

    private static readonly byte[][] Openers =
    [
        "<|im_start|>"u8.ToArray(), "<|start_header_id|>"u8.ToArray(), "<start_of_turn>"u8.ToArray(), "<|system|>"u8.ToArray(), "<|assistant|>"u8.ToArray(),
        "<|user|>"u8.ToArray(), "<|start|>"u8.ToArray(), "<<SYS>>"u8.ToArray(), "[INST]"u8.ToArray(), "[SYSTEM_PROMPT]"u8.ToArray(), "<|endoftext|>"u8.ToArray(),
    ];

    private static readonly byte[][] Headings =
    [
        "### System:"u8.ToArray(), "### Instruction:"u8.ToArray(), "### Instructions:"u8.ToArray(), "## System"u8.ToArray(), "System:"u8.ToArray(),
        "SYSTEM:"u8.ToArray(), "<system>"u8.ToArray(), "[system]"u8.ToArray(), "[SYSTEM]"u8.ToArray(), "Human:"u8.ToArray(), "Assistant:"u8.ToArray(),
    ];

    private int _seen;
    private int _judged;
    private int _fences;
    private bool _isFenced;

    /// <summary>Looks at a region; regions come in order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the region begins.</param>
    /// <param name="end">Behind it.</param>
    /// <param name="judge">Judges what follows a heading that is ordinary by itself; null when nothing is to be judged.</param>
    /// <param name="found">Takes what is found.</param>
    public void Inspect(ReadOnlySpan<byte> text, int start, int end, InjectionJudge? judge, Findings found)
    {
        var at = Math.Max(_seen, start - 20);
        _seen = Math.Max(_seen, end);
        while (at < end && text[at..end].IndexOfAny(Firsts) is var next and >= 0)
        {
            at += next;
            var width = Starts(text[at..], Openers);
            if (width > 0)
            {
                if (IsMessage(text[(at + width)..]) && !IsQuoted(text, at))
                    found.Add(Label, at, width);
            }
            else if (judge is not null && at >= _judged && (at == 0 || text[at - 1] == '\n'))
            {
                width = Starts(text[at..], Headings);
                var message = text[(at + width)..Math.Min(text.Length, at + width + LongestMessage)];
                if (width > 0 && !IsQuoted(text, at) && judge.IsAttack(message, out var score))
                    found.Add(Label, at, width, score);
                _judged = width > 0 ? at + Stride : _judged;
            }

            at += Math.Max(width, 1);
        }
    }

    private static int Starts(ReadOnlySpan<byte> text, byte[][] markers)
    {
        foreach (var marker in markers)
        {
            if (text.StartsWith(marker))
                return marker.Length;
        }

        return 0;
    }

    private static bool IsMessage(ReadOnlySpan<byte> behind)
    {
        behind = behind[..Math.Min(behind.Length, Reach)];
        var end = behind.IndexOfAny(Enders);
        var letters = 0;
        foreach (var b in end < 0 ? behind : behind[..end])
            letters += char.IsAsciiLetter((char)b) || b >= 0x80 ? 1 : 0;
        // A word or two between markers in a sentence about markers is no message.
        return letters >= ShortestMessage && (behind.IndexOf((byte)'\n') >= 0 || letters >= 2 * ShortestMessage);
    }

    private bool IsQuoted(ReadOnlySpan<byte> text, int at)
    {
        while (_fences < at && text[_fences..at].IndexOf("```"u8) is var fence and >= 0)
            (_fences, _isFenced) = (_fences + fence + 3, !_isFenced);
        _fences = Math.Max(_fences, at - 2);
        if (_isFenced)
            return true;
        var line = text[Math.Max(0, at - LongestLine)..at];
        line = line[(line.LastIndexOf((byte)'\n') + 1)..];
        return line.Count((byte)'`') % 2 == 1;
    }
}
