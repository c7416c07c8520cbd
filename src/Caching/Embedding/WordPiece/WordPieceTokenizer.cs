using System.Globalization;

namespace Gateway.Caching.Embedding.WordPiece;

/// <summary>Cuts text into the pieces of a vocabulary as BERT does, without allocating.</summary>
/// <param name="vocabulary">The pieces.</param>
/// <param name="isUncased">Whether letters are folded first.</param>
/// <remarks>Ours, not a library's: of the libraries to be had one allocates a list of tokens with their strings for each text.</remarks>
public sealed class WordPieceTokenizer(WordPieceVocabulary vocabulary, bool isUncased)
{
    // As in BERT's own tokenizer: a longer word is one unknown piece.
    private const int LongestWord = 100;

    public WordPieceVocabulary Vocabulary => vocabulary;

    /// <summary>Cuts a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ids">Where to write the pieces, without those that begin and end a sequence.</param>
    /// <returns>How many pieces; -1 when there is no room for all.</returns>
    public int Encode(ReadOnlySpan<char> text, Span<int> ids)
    {
        Span<char> word = stackalloc char[LongestWord + 1];
        var length = 0;
        var count = 0;
        foreach (var raw in text)
        {
            var letter = isUncased ? LetterFolding.Fold(raw) : raw;
            switch (KindOf(letter))
            {
                case LetterKind.Word:
                    // One beyond the longest is kept as the sign that the word is too long.
                    if (length <= LongestWord)
                        word[length++] = letter;
                    break;
                case LetterKind.Nothing:
                    break;
                case LetterKind.Alone:
                    if (!Flush(word, ref length, ids, ref count))
                        return -1;
                    word[length++] = letter;
                    if (!Flush(word, ref length, ids, ref count))
                        return -1;
                    break;
                default:
                    if (!Flush(word, ref length, ids, ref count))
                        return -1;
                    break;
            }
        }
        return Flush(word, ref length, ids, ref count) ? count : -1;
    }

    private bool Flush(ReadOnlySpan<char> word, ref int length, Span<int> ids, ref int count)
    {
        var rest = word[..length];
        length = 0;
        var first = count;
        if (rest.Length > LongestWord)
            return Add(vocabulary.Unknown, ids, ref count);
        while (rest.Length > 0)
        {
            var taken = rest.Length;
            int id;
            while (!vocabulary.TryFind(rest[..taken], count > first, out id))
            {
                if (--taken > 0)
                    continue;
                count = first;
                return Add(vocabulary.Unknown, ids, ref count);
            }
            if (!Add(id, ids, ref count))
                return false;
            rest = rest[taken..];
        }
        return true;
    }

    private static bool Add(int id, Span<int> ids, ref int count)
    {
        if (count == ids.Length)
            return false;
        ids[count++] = id;
        return true;
    }

    private static LetterKind KindOf(char letter)
    {
        if (letter < 0x80)
        {
            if (char.IsAsciiLetterOrDigit(letter))
                return LetterKind.Word;
            if (letter is ' ' or '\t' or '\n' or '\r')
                return LetterKind.Space;
            return letter is < ' ' or '\x7f' ? LetterKind.Nothing : LetterKind.Alone;
        }
        // Each Chinese character is a word, as in BERT.
        if (letter is (>= '\u3400' and <= '\u4dbf') or (>= '\u4e00' and <= '\u9fff') or (>= '\uf900' and <= '\ufaff'))
            return LetterKind.Alone;
        return char.GetUnicodeCategory(letter) switch
        {
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => LetterKind.Space,
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse => LetterKind.Nothing,
            UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
                or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation
                or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation => LetterKind.Alone,
            _ => letter == '\ufffd' ? LetterKind.Nothing : LetterKind.Word,
        };
    }

    private enum LetterKind
    {
        Word,
        Alone,
        Space,
        Nothing,
    }
}
