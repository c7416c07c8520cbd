using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gateway.Guardrails.Injection;

/// <summary>The one pass over every text: cuts it into blocks and looks each word up once.</summary>
public ref struct BlockReader(ReadOnlySpan<byte> text, GateTable gate)
{
    private const ulong Bit5 = 0x2020202020202020;
    private const ulong Bit6 = 0x4040404040404040;
    private const ulong Bit7 = 0x8080808080808080;

    /// <summary>Bytes of the shortest run that may carry a text; the longest words of most languages are shorter.</summary>
    private const int ShortestRun = 16;

    /// <summary>Single letters in a row that make a spaced word; an enumeration of variables rarely has as many.</summary>
    private const int ShortestSpaced = 6;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;
    private int _singles;

    /// <summary>Reads a block.</summary>
    /// <returns>False when no token is left and nothing was hinted at behind the last one.</returns>
    public bool Next(out Block block)
    {
        var text = _text;
        ref var classes = ref MemoryMarshal.GetReference(Tokens.Classes);
        var (at, start, end, count, sum, hints) = (_at, _at, _at, 0, 0, 0);
        var (telling, digits, escapes) = (0, 0, 0);
        while (count < WindowShape.Block && (uint)at < (uint)text.Length)
        {
            var kind = Unsafe.Add(ref classes, text[at]);
            if (kind == Tokens.Separator)
            {
                at++;
                continue;
            }

            if (kind != Tokens.Letter)
            {
                var from = at;
                if (!Foreign(ref at, ref hints, ref sum))
                    continue;
                (start, end, count, _singles) = (count == 0 ? from : start, Math.Min(at, text.Length), count + 1, 0);
                continue;
            }

            var first = at;
            at = Tokens.EndOfWord(text, at);
            var token = Tokens.Word(text, first, at);
            (start, end, count) = (count == 0 ? first : start, at, count + 1);
            int entry = gate[token.Hash];
            sum += (sbyte)entry;
            if (entry >> 8 is var told and not 0)
                Tell(told, ref telling, ref hints);
            var head = token.Head;
            var letters = head & Bit6 & ~(head >> 1);
            if ((head & Bit5 & ~((head | (head >> 1)) >> 1)) != 0)
            {
                digits += letters != 0 ? 1 : 0;
                escapes += first > 0 && text[first - 1] is (byte)'%' or (byte)'#' or (byte)'\\' ? 1 : 0;
            }

            _singles = at - first == 1 && letters != 0 ? _singles + 1 : 0;
            if (_singles >= ShortestSpaced)
                hints |= (int)Hint.Spaced;
            if (at - first >= ShortestRun)
                hints |= (int)Hint.Run;
            if ((head & Bit7) != 0 && letters != 0 && IsMixed(text[first..at]))
                hints |= (int)Hint.Lookalikes;
        }

        hints |= (digits >= 3 ? (int)Hint.Digits : 0) | (escapes >= 3 ? (int)Hint.Escapes : 0);
        _at = at;
        block = new Block(start, Math.Max(end, hints != 0 ? Math.Min(at, text.Length) : end), count, sum, (Hint)hints);
        return count > 0 || hints != 0;
    }

    private static void Tell(int told, ref int telling, ref int hints)
    {
        hints |= told & (int)(Hint.Marker | Hint.Style);
        telling += (told & (int)(Hint.Rotated | Hint.Reversed)) != 0 ? 1 : 0;
        if (telling >= 2)
            hints |= told & (int)(Hint.Rotated | Hint.Reversed);
    }

    /// <summary>Passes a character that is no letter of an alphabet.</summary>
    /// <returns>Whether it is a token.</returns>
    private readonly bool Foreign(ref int at, ref int hints, ref int sum)
    {
        var (first, second, third) = (_text[at], at + 1 < _text.Length ? _text[at + 1] : (byte)0, at + 2 < _text.Length ? _text[at + 2] : (byte)0);
        switch (first)
        {
            // Zero-width space, joiners, marks of direction, overrides; word joiner and its like.
            case 0xE2 when second == 0x80 && third is (>= 0x8B and <= 0x8F) or (>= 0xAA and <= 0xAE):
            case 0xE2 when second == 0x81 && third is >= 0xA0 and <= 0xAF:
            case 0xEF when second == 0xBB && third == 0xBF:
            case 0xF3:
            case 0xC2 when second == 0xAD:
                hints |= (int)Hint.Unseen;
                break;
            // Full-width letters; letters of mathematics.
            case 0xEF when second is 0xBC or 0xBD:
            case 0xF0 when second == 0x9D && third is >= 0x90 and <= 0x9F:
                hints |= (int)Hint.Lookalikes;
                break;
            default:
                if (Tokens.Classes[first] == Tokens.Ideograph && Tokens.Next(_text[..Math.Min(at + 3, _text.Length)], ref at, out var token))
                {
                    sum += (sbyte)gate[token.Hash];
                    return true;
                }

                if (Tokens.Classes[first] == Tokens.Ideograph)
                    return false;
                break;
        }

        at += Tokens.Width(first);
        return false;
    }

    /// <summary>Whether a word has Cyrillic or Greek letters among its Latin ones.</summary>
    private static bool IsMixed(ReadOnlySpan<byte> word) => word.IndexOfAnyInRange((byte)0xCD, (byte)0xD4) >= 0;
}

/// <summary>A few tokens of a text, at first sight.</summary>
/// <param name="Start">The first byte.</param>
/// <param name="End">Behind the last byte.</param>
/// <param name="Count">Tokens; less than a full block's at the end only.</param>
/// <param name="Sum">Of the gate's weights.</param>
/// <param name="Hints">What it gives away.</param>
public readonly record struct Block(int Start, int End, int Count, int Sum, Hint Hints);
