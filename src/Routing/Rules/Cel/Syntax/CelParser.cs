using Superpower;
using Superpower.Model;

namespace Gateway.Routing.Rules.Cel.Syntax;

/// <summary>Reads an expression's text.</summary>
internal static class CelParser
{
    /// <summary>Longest expression, in words; deepest nesting, in brackets and conditions: a stack that holds each of them.</summary>
    private const int MostTokens = 4096;
    private const int DeepestNesting = 100;

    private static readonly CelTokenizer Tokenizer = new();
    private static readonly TokenListParser<CelToken, Expression> Grammar = CelGrammar.Whole();

    /// <returns>The expression, or what is wrong with its syntax.</returns>
    public static (Expression? Expression, CelDiagnostic? Fault) Parse(string text)
    {
        var tokens = Tokenizer.TryTokenize(text);
        if (!tokens.HasValue)
            return (null, FaultAt(tokens.ErrorPosition, tokens.FormatErrorMessageFragment()));
        if (TooMuch(tokens.Value) is { } excess)
            return (null, excess);
        var parsed = Grammar.TryParse(tokens.Value);
        return parsed.HasValue
            ? (parsed.Value, null)
            : (null, FaultAt(parsed.ErrorPosition.HasValue ? parsed.ErrorPosition : EndOf(text), parsed.FormatErrorMessageFragment()));
    }

    private static CelDiagnostic FaultAt(Position position, string message) => new(new TextPosition(position.Line, position.Column), message);

    private static Position EndOf(string text) => new TextSpan(text).Skip(text.Length).Position;

    private static CelDiagnostic? TooMuch(TokenList<CelToken> tokens)
    {
        var (count, depth) = (0, 0);
        foreach (var token in tokens)
        {
            count++;
            depth += token.Kind switch
            {
                CelToken.OpenParenthesis or CelToken.OpenBracket or CelToken.OpenBrace or CelToken.Question => 1,
                CelToken.CloseParenthesis or CelToken.CloseBracket or CelToken.CloseBrace => -1,
                _ => 0,
            };
            if (count > MostTokens)
                return FaultAt(token.Position, $"the expression is longer than {MostTokens} words");
            if (depth > DeepestNesting)
                return FaultAt(token.Position, $"the expression is nested deeper than {DeepestNesting} levels");
        }

        return null;
    }
}
