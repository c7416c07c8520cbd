using System.Collections.Frozen;
using Superpower;
using Superpower.Model;

namespace Gateway.Routing.Rules.Cel.Syntax;

/// <summary>Cuts an expression's text into words; white space and <c>//</c> comments lie between them.</summary>
internal sealed class CelTokenizer : Tokenizer<CelToken>
{
    private static readonly FrozenDictionary<string, CelToken> Keywords = new Dictionary<string, CelToken>
    {
        ["true"] = CelToken.True,
        ["false"] = CelToken.False,
        ["null"] = CelToken.Null,
        ["in"] = CelToken.In,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, CelToken> Signs = new Dictionary<string, CelToken>
    {
        ["?"] = CelToken.Question,
        [":"] = CelToken.Colon,
        ["||"] = CelToken.Or,
        ["&&"] = CelToken.And,
        ["=="] = CelToken.Equal,
        ["!="] = CelToken.NotEqual,
        ["<"] = CelToken.Less,
        ["<="] = CelToken.LessOrEqual,
        [">"] = CelToken.Greater,
        [">="] = CelToken.GreaterOrEqual,
        ["+"] = CelToken.Plus,
        ["-"] = CelToken.Minus,
        ["*"] = CelToken.Times,
        ["/"] = CelToken.Divide,
        ["%"] = CelToken.Remainder,
        ["!"] = CelToken.Not,
        ["."] = CelToken.Dot,
        [","] = CelToken.Comma,
        ["("] = CelToken.OpenParenthesis,
        [")"] = CelToken.CloseParenthesis,
        ["["] = CelToken.OpenBracket,
        ["]"] = CelToken.CloseBracket,
        ["{"] = CelToken.OpenBrace,
        ["}"] = CelToken.CloseBrace,
    }.ToFrozenDictionary();

    protected override IEnumerable<Result<CelToken>> Tokenize(TextSpan span)
    {
        for (var rest = SkipBlank(span); !rest.IsAtEnd; rest = SkipBlank(rest))
        {
            var text = rest.Source.AsSpan(rest.Position.Absolute, rest.Length);
            var (token, length, expected) = Next(text);
            if (length == 0)
            {
                yield return Result.Empty<CelToken>(rest, [expected!]);
                yield break;
            }

            var after = rest.Skip(length);
            yield return Result.Value(token, rest, after);
            rest = after;
        }
    }

    private static (CelToken Token, int Length, string? Expected) Next(ReadOnlySpan<char> text)
    {
        if (QuotedText.Measure(text) is { IsQuoted: true } quoted)
            return (quoted.IsBytes ? CelToken.Bytes : CelToken.Text, quoted.Length, "a closed string");
        if (text[0] == '`')
            return (CelToken.QuotedName, QuotedName(text), "a closed name of letters, digits and _ . - / or space");
        if (char.IsAsciiLetter(text[0]) || text[0] == '_')
        {
            var length = Word(text);
            return Keywords.TryGetValue(text[..length].ToString(), out var keyword) ? (keyword, length, null) : (CelToken.Name, length, null);
        }

        if (NumberText.Measure(text) is { Length: > 0 } number)
            return (number.Token, number.Length, null);
        for (var length = Math.Min(2, text.Length); length > 0; length--)
        {
            if (Signs.TryGetValue(text[..length].ToString(), out var sign))
                return (sign, length, null);
        }

        return (default, 0, "an operator, a name or a literal");
    }

    private static int Word(ReadOnlySpan<char> text)
    {
        var length = 1;
        while (length < text.Length && (char.IsAsciiLetterOrDigit(text[length]) || text[length] == '_'))
            length++;
        return length;
    }

    private static int QuotedName(ReadOnlySpan<char> text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '`')
                return i > 1 ? i + 1 : 0;
            if (!char.IsAsciiLetterOrDigit(text[i]) && text[i] is not ('_' or '.' or '-' or '/' or ' '))
                return 0;
        }

        return 0;
    }

    private static TextSpan SkipBlank(TextSpan span)
    {
        while (!span.IsAtEnd)
        {
            var text = span.Source.AsSpan(span.Position.Absolute, span.Length);
            var blank = text.IndexOfAnyExcept(" \t\r\n\f");
            if (blank != 0)
                span = blank < 0 ? span.Skip(span.Length) : span.Skip(blank);
            else if (text.StartsWith("//"))
                span = span.Skip(text.IndexOf('\n') is var end and >= 0 ? end : text.Length);
            else
                break;
        }

        return span;
    }
}
