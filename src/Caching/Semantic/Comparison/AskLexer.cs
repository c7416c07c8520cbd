using System.Buffers;

namespace Gateway.Caching.Semantic.Comparison;

/// <summary>Cuts an ask into tokens. What stands between fences of three backticks is code and not cut.</summary>
internal static class AskLexer
{
    /// <summary>Longer words are cut off: they are no words.</summary>
    public const int LongestWord = 64;

    private static readonly SearchValues<char> Marks = SearchValues.Create("_:@/\\.~+#");

    private const string Fence = "```";
    private const string Units = "$€£¥₩₹°%";
    private const string Operators = "+*=<>^|~\\{}[]!";

    /// <summary>Cuts a text.</summary>
    /// <param name="text">The text as it was written.</param>
    /// <param name="lower">Room for as many characters: its copy in lower case.</param>
    /// <param name="tokens">Where to put the tokens.</param>
    /// <returns>A key of the code in fences, white space apart.</returns>
    public static ulong Cut(ReadOnlySpan<char> text, Span<char> lower, List<AskToken> tokens)
    {
        for (var i = 0; i < text.Length; i++)
            lower[i] = text[i] switch { '\u2019' or '\u2018' => '\'', '\u201c' or '\u201d' => '"', var letter => char.ToLowerInvariant(letter) };
        var code = 0UL;
        var isQuoted = false;
        for (var i = 0; i < text.Length;)
        {
            if (lower[i..].StartsWith(Fence))
            {
                var length = lower[(i + 3)..].IndexOf(Fence);
                var end = length < 0 ? text.Length : i + 3 + length;
                code = Code(text[(i + 3)..end], code);
                i = Math.Min(text.Length, end + 3);
            }
            else if (char.IsLetterOrDigit(lower[i]) || IsLeading(lower, i))
            {
                i = Piece(text, lower, i, isQuoted, tokens);
            }
            else
            {
                isQuoted ^= lower[i] is '"' or '`';
                Sign(lower, i, tokens);
                i++;
            }
        }
        return code;
    }

    private static ulong Code(ReadOnlySpan<char> code, ulong before)
    {
        foreach (var line in code.EnumerateLines())
        {
            if (line.Trim() is { Length: > 0 } some)
                before = WordList.Key(some, before);
        }
        return before;
    }

    // Of /etc/hosts, ./run, ~/x, .NET, @name, -5 and _x the first sign belongs to what follows.
    private static bool IsLeading(ReadOnlySpan<char> text, int at) =>
        text[at] is '/' or '.' or '~' or '@' or '_' or '-' or '#'
        && at + 1 < text.Length && (at == 0 || char.IsWhiteSpace(text[at - 1]) || text[at - 1] is '(' or '"' or '`' or '\'')
        && (text[at] == '-' ? char.IsAsciiDigit(text[at + 1]) || text[at + 1] == '-' : char.IsLetterOrDigit(text[at + 1]) || text[at + 1] is '/' or '.' or '_');

    private static int Piece(ReadOnlySpan<char> text, Span<char> lower, int start, bool isQuoted, List<AskToken> tokens)
    {
        var end = start + 1;
        while (end < lower.Length && (char.IsLetterOrDigit(lower[end]) || IsInner(lower, end)))
            end++;
        // C++, C#, F#.
        while (end < lower.Length && end - start <= 2 && lower[end] is '+' or '#' && char.IsLetter(lower[start]))
            end++;
        var piece = lower[start..end];
        var written = text[start..end];
        if (IsNumber(piece))
            tokens.Add(new AskToken(start, piece.Length, TokenKind.Number, LetterCase.Lower, isQuoted));
        else if (IsIdentifier(piece, written))
            tokens.Add(new AskToken(start, piece.Length, TokenKind.Identifier, LetterCase.Lower, isQuoted));
        else
            Words(written, piece, start, isQuoted, tokens);
        return end;
    }

    // What may stand between letters and digits without ending the piece.
    private static bool IsInner(ReadOnlySpan<char> text, int at)
    {
        if (text[at] == '_')
            return true;
        if (at + 1 >= text.Length)
            return false;
        var after = text[at + 1];
        return text[at] switch
        {
            '.' or ',' when char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(after) => true,
            '\'' or '.' or '-' or '@' => char.IsLetterOrDigit(after) || (text[at] == '-' && after == '-'),
            '/' or ':' => char.IsLetterOrDigit(after) || after is '/' or '.' or '_' or '~',
            _ => false,
        };
    }

    private static bool IsNumber(ReadOnlySpan<char> piece) =>
        char.IsAsciiDigit(piece[0] == '-' && piece.Length > 1 ? piece[1] : piece[0]) && piece[1..].IndexOfAny(":/@_") < 0
        && piece[1..].IndexOf('-') < 0 && piece.Count('.') < 2;

    private static bool IsIdentifier(ReadOnlySpan<char> piece, ReadOnlySpan<char> written)
    {
        if (piece.ContainsAny(Marks))
            return piece.Count('/') != 1 || piece.IndexOfAny("_:@.~") >= 0 || piece[0] == '/';
        var hasDigit = piece.IndexOfAnyInRange('0', '9') >= 0;
        if (hasDigit || piece[0] == '-')
            return true;
        // camelCase and PascalCase, but not McDonald and not plurals of acronyms.
        for (var i = 1; i < written.Length; i++)
        {
            if (char.IsUpper(written[i]) && char.IsLower(written[i - 1]) && written.IndexOf('-') < 0)
                return true;
        }
        return false;
    }

    // Parts between hyphens and slashes are words; n't is one of its own; other endings after an apostrophe fall away.
    private static void Words(ReadOnlySpan<char> written, ReadOnlySpan<char> piece, int start, bool isQuoted, List<AskToken> tokens)
    {
        for (var from = 0; from < piece.Length;)
        {
            var length = piece[from..].IndexOfAny('-', '/');
            length = length < 0 ? piece.Length - from : length;
            var word = piece.Slice(from, length);
            var spelling = CaseOf(written.Slice(from, length));
            var apostrophe = word.IndexOf('\'');
            var whole = apostrophe > 0 ? apostrophe : length;
            if (apostrophe > 1 && word.EndsWith("n't"))
                whole = length - 3;
            if (whole > 0)
                tokens.Add(new AskToken(start + from, Math.Min(LongestWord, whole), TokenKind.Word, spelling, isQuoted));
            if (apostrophe > 1 && word.EndsWith("n't"))
                tokens.Add(new AskToken(start + from + length - 3, 3, TokenKind.Word, LetterCase.Lower, isQuoted));
            else if (apostrophe > 0 && word[apostrophe..] is "'ll")
                tokens.Add(new AskToken(start + from + length - 2, 2, TokenKind.Word, LetterCase.Lower, isQuoted));
            from += length + 1;
        }
    }

    private static LetterCase CaseOf(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty || !char.IsUpper(word[0]))
            return LetterCase.Lower;
        foreach (var letter in word[1..])
        {
            if (char.IsLower(letter))
                return LetterCase.Capital;
        }
        return LetterCase.Upper;
    }

    private static void Sign(ReadOnlySpan<char> text, int at, List<AskToken> tokens)
    {
        var sign = text[at];
        if (Units.Contains(sign, StringComparison.Ordinal))
            tokens.Add(new AskToken(at, 1, TokenKind.Unit, LetterCase.Lower, false));
        else if (sign is '.' or '?' or '!' or ';' or ':' or '\n' or '\u2014')
            tokens.Add(new AskToken(at, 1, TokenKind.Break, LetterCase.Lower, false));
        else if (sign == ',')
            tokens.Add(new AskToken(at, 1, TokenKind.Comma, LetterCase.Lower, false));
        else if (sign == '&')
            tokens.Add(new AskToken(at, 1, TokenKind.Word, LetterCase.Lower, false));
        else if (Operators.Contains(sign, StringComparison.Ordinal) || (sign is '-' or '/' && IsBetweenNumbers(text, at)))
            tokens.Add(new AskToken(at, 1, TokenKind.Symbol, LetterCase.Lower, false));
    }

    private static bool IsBetweenNumbers(ReadOnlySpan<char> text, int at)
    {
        var before = text[..at].TrimEnd();
        var after = text[(at + 1)..].TrimStart();
        return before.Length > 0 && after.Length > 0 && (char.IsAsciiDigit(before[^1]) || char.IsAsciiDigit(after[0]));
    }
}
