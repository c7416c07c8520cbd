using System.Collections.Immutable;
using System.Globalization;
using Gateway.Routing.Rules.Cel.Values;
using Superpower;
using Superpower.Model;
using Superpower.Parsers;

namespace Gateway.Routing.Rules.Cel.Syntax;

/// <summary>The grammar of the specification, from the conditional operator down to literals.</summary>
internal static class CelGrammar
{
    private static readonly TokenListParser<CelToken, Expression> Any = Parse.Ref(() => Conditional!);

    private static readonly TokenListParser<CelToken, Expression> Literal =
        Whole(CelToken.Int, "an integer within 64 bits", (at, number) => new MagnitudeExpression(at, number))
            .Or(Whole(CelToken.Uint, "an integer within 64 bits", (at, number) => new LiteralExpression(at, CelValue.Of(number))))
            .Or(Token.EqualTo(CelToken.Double).Select(token => (Expression)Value(token, CelValue.Of(double.Parse(token.ToStringValue(), CultureInfo.InvariantCulture)))))
            .Or(Quoted(CelToken.Text, literal => QuotedText.ReadText(literal) is { } text ? CelValue.Of(text) : null))
            .Or(Quoted(CelToken.Bytes, literal => QuotedText.ReadBytes(literal) is { } bytes ? CelValue.Of(bytes) : null))
            .Or(Token.EqualTo(CelToken.True).Select(token => (Expression)Value(token, CelValue.Of(true))))
            .Or(Token.EqualTo(CelToken.False).Select(token => (Expression)Value(token, CelValue.Of(false))))
            .Or(Token.EqualTo(CelToken.Null).Select(token => (Expression)Value(token, CelValue.Null)));

    private static readonly TokenListParser<CelToken, ImmutableArray<Expression>> Arguments =
        from open in Token.EqualTo(CelToken.OpenParenthesis)
        from arguments in Any.ManyDelimitedBy(Token.EqualTo(CelToken.Comma))
        from close in Token.EqualTo(CelToken.CloseParenthesis)
        select arguments.ToImmutableArray();

    private static readonly TokenListParser<CelToken, Expression> Named =
        from dot in Token.EqualTo(CelToken.Dot).Optional()
        from name in Token.EqualTo(CelToken.Name).Where(name => !ReservedWords.Contains(name.ToStringValue()), "a name that is not reserved")
        from arguments in Arguments.Select(given => (ImmutableArray<Expression>?)given).OptionalOrDefault()
        select arguments is { } given
            ? (Expression)new CallExpression(At(name), name.ToStringValue(), null, given)
            : new NameExpression(At(name), name.ToStringValue(), dot is not null);

    private static readonly TokenListParser<CelToken, Expression> Parenthesised =
        from open in Token.EqualTo(CelToken.OpenParenthesis)
        from inner in Any
        from close in Token.EqualTo(CelToken.CloseParenthesis)
        select inner;

    private static readonly TokenListParser<CelToken, Expression> List =
        from open in Token.EqualTo(CelToken.OpenBracket)
        from elements in Listed(Any)
        from close in Token.EqualTo(CelToken.CloseBracket)
        select (Expression)new ListExpression(At(open), elements);

    private static readonly TokenListParser<CelToken, (Expression Key, Expression Value)> Entry =
        from key in Any
        from colon in Token.EqualTo(CelToken.Colon)
        from value in Any
        select (key, value);

    private static readonly TokenListParser<CelToken, Expression> Map =
        from open in Token.EqualTo(CelToken.OpenBrace)
        from entries in Listed(Entry)
        from close in Token.EqualTo(CelToken.CloseBrace)
        select (Expression)new MapExpression(At(open), entries);

    private static readonly TokenListParser<CelToken, Expression> Primary = Literal.Or(Parenthesised).Or(List).Or(Map).Or(Named);

    private static readonly TokenListParser<CelToken, Func<Expression, Expression>> Field =
        from dot in Token.EqualTo(CelToken.Dot)
        from name in Token.EqualTo(CelToken.Name).Or(Token.EqualTo(CelToken.QuotedName))
        from arguments in Arguments.Select(given => (ImmutableArray<Expression>?)given).OptionalOrDefault()
        select (Func<Expression, Expression>)(operand => arguments is { } given
            ? new CallExpression(At(name), name.ToStringValue(), operand, given)
            : new SelectExpression(At(name), operand, name.ToStringValue().Trim('`')));

    private static readonly TokenListParser<CelToken, Func<Expression, Expression>> Index =
        from open in Token.EqualTo(CelToken.OpenBracket)
        from index in Any
        from close in Token.EqualTo(CelToken.CloseBracket)
        select (Func<Expression, Expression>)(operand => new CallExpression(At(open), Operators.Index, null, [operand, index]));

    private static readonly TokenListParser<CelToken, Expression> Member =
        from primary in Primary
        from steps in Field.Or(Index).Many()
        select steps.Aggregate(primary, (operand, step) => step(operand));

    private static readonly TokenListParser<CelToken, Expression> Unary =
        from signs in Token.EqualTo(CelToken.Not).Or(Token.EqualTo(CelToken.Minus)).Many()
        from operand in Member
        select Signed(signs, operand);

    private static readonly TokenListParser<CelToken, Expression> Product = Chain(
        Unary, (CelToken.Times, Operators.Multiply), (CelToken.Divide, Operators.Divide), (CelToken.Remainder, Operators.Remainder));

    private static readonly TokenListParser<CelToken, Expression> Sum = Chain(
        Product, (CelToken.Plus, Operators.Add), (CelToken.Minus, Operators.Subtract));

    private static readonly TokenListParser<CelToken, Expression> Relation = Chain(
        Sum,
        (CelToken.Less, Operators.Less), (CelToken.LessOrEqual, Operators.LessOrEqual),
        (CelToken.Greater, Operators.Greater), (CelToken.GreaterOrEqual, Operators.GreaterOrEqual),
        (CelToken.Equal, Operators.Equal), (CelToken.NotEqual, Operators.NotEqual), (CelToken.In, Operators.In));

    private static readonly TokenListParser<CelToken, Expression> Conjunction = Chain(Relation, (CelToken.And, Operators.And));

    private static readonly TokenListParser<CelToken, Expression> Disjunction = Chain(Conjunction, (CelToken.Or, Operators.Or));

    private static readonly TokenListParser<CelToken, (Token<CelToken> Sign, Expression Then, Expression Else)> Branches =
        from question in Token.EqualTo(CelToken.Question)
        from then in Disjunction
        from colon in Token.EqualTo(CelToken.Colon)
        from otherwise in Any
        select (question, then, otherwise);

    private static readonly TokenListParser<CelToken, Expression> Conditional =
        from condition in Disjunction
        from branches in Branches.Select(both => ((Token<CelToken>, Expression, Expression)?)both).OptionalOrDefault()
        select branches is var (sign, then, otherwise)
            ? new CallExpression(At(sign), Operators.Conditional, null, [condition, then, otherwise])
            : condition;

    /// <summary>A whole expression and nothing after it.</summary>
    public static TokenListParser<CelToken, Expression> Whole() => Conditional.AtEnd();

    private static TextPosition At(Token<CelToken> token) => new(token.Position.Line, token.Position.Column);

    private static LiteralExpression Value(Token<CelToken> token, CelValue value) => new LiteralExpression(At(token), value);

    private static TokenListParser<CelToken, Expression> Whole(CelToken kind, string expected, Func<TextPosition, ulong, Expression> build) =>
        Token.EqualTo(kind)
            .Where(token => NumberText.Magnitude(token.ToStringValue()) is not null, expected)
            .Select(token => build(At(token), NumberText.Magnitude(token.ToStringValue())!.Value));

    private static TokenListParser<CelToken, Expression> Quoted(CelToken kind, Func<string, CelValue?> read) =>
        Token.EqualTo(kind)
            .Where(token => read(token.ToStringValue()) is not null, "only escapes of the language")
            .Select(token => (Expression)Value(token, read(token.ToStringValue())!.Value));

    /// <summary>Items between commas; one more comma may close them.</summary>
    private static TokenListParser<CelToken, ImmutableArray<T>> Listed<T>(TokenListParser<CelToken, T> item) =>
        from items in item.Then(first => Token.EqualTo(CelToken.Comma).IgnoreThen(item).Try().Many().Select(more => ImmutableArray.Create([first, .. more])))
            .OptionalOrDefault([])
        from comma in Token.EqualTo(CelToken.Comma).Optional()
        select items;

    private static TokenListParser<CelToken, Expression> Chain(
        TokenListParser<CelToken, Expression> operand, params (CelToken Token, string Function)[] operators)
    {
        var sign = operators.Select(pair => Token.EqualTo(pair.Token).Select(token => (token, pair.Function))).Aggregate((one, other) => one.Or(other));
        return Parse.Chain(sign, operand, (name, left, right) => new CallExpression(At(name.token), name.Function, null, [left, right]));
    }

    /// <summary>The innermost minus before a number belongs to the number.</summary>
    private static Expression Signed(Token<CelToken>[] signs, Expression operand)
    {
        for (var i = signs.Length - 1; i >= 0; i--)
        {
            var (at, isMinus) = (At(signs[i]), signs[i].Kind == CelToken.Minus);
            operand = operand switch
            {
                MagnitudeExpression { Value: <= 1UL << 63 } number when isMinus => new LiteralExpression(at, CelValue.Of(unchecked(-(long)number.Value))),
                LiteralExpression { Value.Kind: CelKind.Double } number when isMinus => new LiteralExpression(at, CelValue.Of(-number.Value.AsDouble)),
                _ => new CallExpression(at, isMinus ? Operators.Negate : Operators.Not, null, [operand]),
            };
        }

        return operand;
    }
}
