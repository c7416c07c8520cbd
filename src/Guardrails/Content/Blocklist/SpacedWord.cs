using System.Buffers;
using System.Text;

namespace Gateway.Guardrails.Content.Blocklist;

/// <summary>What has been read of letters that stand apart.</summary>
/// <param name="End">Behind the last of them that was read.</param>
/// <param name="Last">Where that one begins: with another separator others may follow it.</param>
/// <param name="Term">The term that they spell; -1 when they spell none.</param>
/// <param name="IsCutOff">More of them could follow and spell a term.</param>
internal readonly record struct SpacedWord(int End, int Last, int Term, bool IsCutOff)
{
    /// <summary>Two initials are no word.</summary>
    private const int LeastLetters = 3;

    /// <summary>Whether a letter at the beginning of a word stands before one separator, and that before another letter that may stand alone.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> text, int at)
    {
        if (at + 2 >= text.Length)
            return true;
        return IsSeparator(text[at + 1])
            && (text[at + 2] >= 0x80
                || (char.IsAsciiLetterOrDigit((char)text[at + 2]) && (at + 3 == text.Length || !char.IsAsciiLetterOrDigit((char)text[at + 3]))));
    }

    /// <summary>Reads letters with the same separator between them, such as <c>b a d</c> or <c>b-a-d</c>, up to the last of them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where a word begins.</param>
    /// <param name="isEnd">Whether nothing follows the text.</param>
    /// <param name="trie">The terms.</param>
    public static SpacedWord Read(ReadOnlySpan<byte> text, int at, bool isEnd, TermTrie trie)
    {
        var none = new SpacedWord(at, at, -1, false);
        if (!IsLetter(text, at, out var first, out var size) || at + size >= text.Length || !IsSeparator(text[at + size]))
            return none;
        var separator = text[at + size];
        if (IsAfterLetter(text[..at]) || IsWithin(text, at, separator))
            return none;
        var (node, letters, end, last, isAlive) = (TermTrie.Root, 0, at, at, true);
        Span<int> symbols = stackalloc int[Folding.MostSymbols];
        while (true)
        {
            var count = Folding.Fold(first.Value, symbols);
            for (var i = 0; i < count && isAlive; i++)
                isAlive = (node = trie.Child(node, symbols[i])) != TermTrie.Root;
            (letters, last, end) = (letters + 1, end, end + size);
            switch (GoesOn(text, end, separator, ref first, ref size))
            {
                case null when !isEnd:
                    return new SpacedWord(end, last, -1, isAlive);
                case true or null when size > 0:
                    end++;
                    continue;
                default:
                    return new SpacedWord(end, last, isAlive && letters >= LeastLetters ? trie.Term(node) : -1, false);
            }
        }
    }

    /// <summary>
    /// Whether the separator follows, then one letter and no other; null when the text ends before that is clear. The size is that of the
    /// letter, or 0 when there is none.
    /// </summary>
    private static bool? GoesOn(ReadOnlySpan<byte> text, int end, byte separator, ref Rune letter, ref int size)
    {
        size = 0;
        if (end == text.Length)
            return null;
        if (text[end] != separator)
            return false;
        switch (Rune.DecodeFromUtf8(text[(end + 1)..], out letter, out var length))
        {
            case OperationStatus.NeedMoreData:
                return null;
            case OperationStatus.Done when Rune.IsLetterOrDigit(letter):
                break;
            default:
                return false;
        }

        var status = Rune.DecodeFromUtf8(text[(end + 1 + length)..], out var after, out _);
        if (status == OperationStatus.Done && Rune.IsLetterOrDigit(after))
            return false;
        size = length;
        return status == OperationStatus.NeedMoreData ? null : true;
    }

    public static bool IsSeparator(byte sign) =>
        sign is (byte)' ' or (byte)'.' or (byte)'-' or (byte)'_' or (byte)'*' or (byte)'+' or (byte)'|' or (byte)'/' or (byte)'~';

    private static bool IsLetter(ReadOnlySpan<byte> text, int at, out Rune rune, out int size) =>
        Rune.DecodeFromUtf8(text[at..], out rune, out size) == OperationStatus.Done && Rune.IsLetterOrDigit(rune);

    /// <summary>Whether a letter is not the first: such a separator is before it, and before that a letter that stands alone.</summary>
    private static bool IsWithin(ReadOnlySpan<byte> text, int at, byte separator)
    {
        if (at < 2 || text[at - 1] != separator || Rune.DecodeLastFromUtf8(text[..(at - 1)], out var rune, out var size) != OperationStatus.Done)
            return false;
        return Rune.IsLetterOrDigit(rune) && !IsAfterLetter(text[..(at - 1 - size)]);
    }

    private static bool IsAfterLetter(ReadOnlySpan<byte> before) =>
        Rune.DecodeLastFromUtf8(before, out var rune, out _) == OperationStatus.Done && Rune.IsLetterOrDigit(rune);
}
