using System.Buffers;
using System.Buffers.Text;
using System.Text.Unicode;

namespace Gateway.Guardrails.Injection;

/// <summary>Base64 and hexadecimal that hold a text, and a text that is an attack.</summary>
/// <remarks>
/// Images, keys and hashes decode to bytes that are no text and are left at that. What decodes to base64 again is decoded twice more. Each
/// run is read once, piece by piece, each piece with the end of the one before.
/// </remarks>
public static class EncodedRuns
{
    private const string Label = "encoded_payload";
    private const int Piece = 2048;
    private const int Kept = 256;
    private const int Depth = 3;
    private const int Shortest = 20;

    private static readonly SearchValues<byte> Base64Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_="u8);
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>Looks at the runs of a region.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the region begins; a run may begin before it.</param>
    /// <param name="end">Behind it; a run may reach farther.</param>
    /// <param name="read">How far runs were read; moved on.</param>
    /// <param name="judge">Judges what was decoded.</param>
    /// <param name="found">Takes what is found.</param>
    public static void Inspect(ReadOnlySpan<byte> text, int start, int end, ref int read, InjectionJudge judge, Findings found)
    {
        if (read >= end)
            return;
        var at = Math.Max(read, start);
        at = read + text[read..at].LastIndexOfAnyExcept(Base64Letters) + 1;
        while (at < end && text[at..end].IndexOfAny(Base64Letters) is var next and >= 0)
        {
            at += next;
            var length = LengthOfRun(text[at..]);
            if (length >= Shortest && IsAttack(text.Slice(at, length), judge, out var score))
                found.Add(Label, at, length, score);
            at += length;
        }

        read = Math.Max(at, end);
    }

    /// <summary>Letters up to the next that is none; lines of base64 are one run.</summary>
    private static int LengthOfRun(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (true)
        {
            var line = text[length..].IndexOfAnyExcept(Base64Letters);
            if (line < 0)
                return text.Length;
            length += line;
            var gap = text[length..].StartsWith("\r\n"u8) ? 2 : text[length] == '\n' ? 1 : 0;
            // MIME breaks lines at 76 letters, PEM at 64.
            if (gap == 0 || line < 60 || length + gap >= text.Length || !Base64Letters.Contains(text[length + gap]))
                return length;
            length += gap;
        }
    }

    private static bool IsAttack(ReadOnlySpan<byte> run, InjectionJudge judge, out float score)
    {
        Span<byte> one = stackalloc byte[Piece + Kept];
        Span<byte> other = stackalloc byte[Piece + Kept];
        var (kept, isHex) = (0, run.Length % 2 == 0 && !run.ContainsAnyExcept(HexDigits));
        score = 0;
        while (!run.IsEmpty)
        {
            var count = Decode(ref run, one[kept..], isHex);
            if (!IsText(one.Slice(kept, count)))
                return false;
            if (IsAttackOrHidesOne(one[..(kept + count)], other, judge, out score))
                return true;
            var keep = Math.Min(Kept, kept + count);
            one.Slice(kept + count - keep, keep).CopyTo(one);
            kept = keep;
        }

        return false;
    }

    /// <summary>Judges a text, and what it holds when it is encoded itself.</summary>
    private static bool IsAttackOrHidesOne(scoped ReadOnlySpan<byte> start, Span<byte> room, InjectionJudge judge, out float score)
    {
        Span<byte> copy = stackalloc byte[Piece + Kept];
        start.CopyTo(copy);
        var text = copy[..start.Length];
        for (var depth = 1; ; depth++)
        {
            if (judge.IsAttack(text, out score))
                return true;
            ReadOnlySpan<byte> inner = text.Trim("\r\n \t"u8);
            if (depth == Depth || inner.Length < Shortest || inner.ContainsAnyExcept(Base64Letters))
                return false;
            var count = Decode(ref inner, room, inner.Length % 2 == 0 && !inner.ContainsAnyExcept(HexDigits));
            if (!IsText(room[..count]))
                return false;
            room[..count].CopyTo(copy);
            text = copy[..count];
        }
    }

    /// <summary>Decodes as much of a run as a piece holds.</summary>
    /// <returns>The bytes decoded.</returns>
    private static int Decode(scoped ref ReadOnlySpan<byte> run, scoped Span<byte> into, bool isHex)
    {
        var count = 0;
        if (isHex)
        {
            var digits = Math.Min(run.Length, Piece);
            Convert.FromHexString(run[..digits], into, out _, out count);
            run = run[digits..];
            return count;
        }

        Span<byte> letters = stackalloc byte[Piece];
        var (read, filled) = (0, 0);
        for (; read < run.Length && filled < Piece; read++)
        {
            if (run[read] is (byte)'\r' or (byte)'\n' or (byte)'=')
                continue;
            letters[filled++] = run[read] switch { (byte)'-' => (byte)'+', (byte)'_' => (byte)'/', var letter => letter };
        }

        run = run[read..];
        // A letter alone holds no byte.
        filled -= filled % 4 == 1 ? 1 : 0;
        while (filled % 4 != 0)
            letters[filled++] = (byte)'=';
        Base64.DecodeFromUtf8(letters[..filled], into, out _, out count);
        return count;
    }

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        var cut = bytes;
        // A piece may end within a character.
        for (var i = 0; i < 3 && cut.Length > 0 && cut[^1] >= 0x80; i++)
            cut = cut[..^1];
        var plain = 0;
        foreach (var b in cut)
        {
            if (b < 0x20 && b is not ((byte)'\n' or (byte)'\r' or (byte)'\t'))
                return false;
            plain += char.IsAsciiLetter((char)b) || b is (byte)' ' or >= 0x80 ? 1 : 0;
        }

        return cut.Length >= 8 && plain * 10 >= cut.Length * 7 && (Utf8.IsValid(cut) || Utf8.IsValid(bytes));
    }
}
