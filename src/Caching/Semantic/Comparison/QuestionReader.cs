namespace Gateway.Caching.Semantic.Comparison;

/// <summary>Finds out what an ask asks for, from the words that begin its clauses.</summary>
internal ref struct QuestionReader
{
    // How far from "what" the noun is looked for that says what is asked: "what is the best way".
    private const int Near = 6;

    private readonly ReadOnlySpan<char> _lower;
    private readonly List<AskToken> _tokens;
    private bool _isAtStart = true;
    private bool _canAsk = true;
    private int _consumed = -1;

    public QuestionReader(ReadOnlySpan<char> lower, List<AskToken> tokens)
    {
        _lower = lower;
        _tokens = tokens;
    }

    public QuestionKind Kind { get; private set; }

    /// <summary>Whether "you" is anyone, as in "how do you boil an egg".</summary>
    public bool IsAboutAnyone { get; private set; }

    /// <summary>A clause ends.</summary>
    public void Break() => _isAtStart = _canAsk = true;

    /// <summary>Content: what follows is no question word of this clause.</summary>
    public void SeeContent() => _isAtStart = _canAsk = false;

    /// <summary>A word that is no content.</summary>
    /// <returns>Whether the word is part of the question word, as "year" in "what year".</returns>
    public bool See(int at, WordRole role)
    {
        if (at == _consumed)
            return true;
        if (_canAsk && Kind == QuestionKind.None && role is >= WordRole.How and <= WordRole.What)
            Ask(at, role);
        else if (_isAtStart && Kind == QuestionKind.None && role is WordRole.Past or WordRole.Present or WordRole.Future or WordRole.Can
            or WordRole.Should or WordRole.May or WordRole.Must && !IsRequest(at) && !(role == WordRole.Must && Letters(at) is not "must"))
            Kind = IsWayAhead(at + 1) ? QuestionKind.How : QuestionKind.YesNo;
        if (role is WordRole.Can or WordRole.Present or WordRole.Past or WordRole.Future && IsRequest(at))
            return false;
        var leads = role is WordRole.Article or WordRole.Stop or WordRole.Light or WordRole.Lead or WordRole.Join or WordRole.Or or WordRole.Prep;
        _isAtStart &= leads && role is not WordRole.Prep;
        _canAsk &= leads || role is >= WordRole.I and <= WordRole.They;
        return false;
    }

    /// <summary>Whether the verb here is of "can you", "do you know": a way to ask, no part of what is asked.</summary>
    public readonly bool IsRequest(int at) => Kind == QuestionKind.None && Word(at + 1) is "you";

    /// <summary>Whether the "you" here is the one who is asked, or anyone, rather than someone it is asked about.</summary>
    public bool IsAddressed(int at)
    {
        if (Letters(at) is not ("you" or "u"))
            return false;
        if (at == 0 || !WordList.TryUse(Word(at - 1), out var before) || before.Role is not (WordRole.Can or WordRole.Present or WordRole.Past
            or WordRole.Should or WordRole.Must or WordRole.Future or WordRole.May))
            return false;
        // "What are you" asks about whom it asks; "how do you" about anyone.
        IsAboutAnyone |= Kind is not QuestionKind.None && Word(at - 1) is not "are";
        return Kind is QuestionKind.None || IsAboutAnyone;
    }

    private readonly ReadOnlySpan<char> Letters(int at) => _lower.Slice(_tokens[at].Start, _tokens[at].Length);

    private readonly ReadOnlySpan<char> Word(int at) => at >= 0 && at < _tokens.Count && _tokens[at].Kind == TokenKind.Word ? Letters(at) : default;

    private void Ask(int at, WordRole role)
    {
        Kind = role switch
        {
            WordRole.How => How(at),
            WordRole.Why => QuestionKind.Why,
            WordRole.When => QuestionKind.When,
            WordRole.Where => QuestionKind.Where,
            WordRole.Who => QuestionKind.Who,
            _ => What(at),
        };
        if (Kind == QuestionKind.HowMany)
            _consumed = at + 1;
    }

    // How many is not how, and how good is neither.
    private readonly QuestionKind How(int at)
    {
        var next = Word(at + 1);
        if (next is "many" or "much")
            return QuestionKind.HowMany;
        if (next is "come")
            return QuestionKind.Why;
        var isDegree = next.Length > 0 && (next is "good" || !WordList.TryUse(next, out var use) || use.Role is WordRole.Form);
        return isDegree && !next.EndsWith("ly") && next is not "best" ? QuestionKind.HowFar : QuestionKind.How;
    }

    // What year is when, what reason is why, what is the way and what can I do are how.
    private QuestionKind What(int at)
    {
        for (var next = at + 1; next < at + Near && Word(next) is { Length: > 0 } word; next++)
        {
            if (word is "way" or "ways" or "steps" or "method" or "process" or "procedure")
                return QuestionKind.How;
            if (word is "best" or "easiest" or "simplest" or "fastest" && Word(next + 1) is "way" or "ways" or "method")
                continue;
            if (WordList.TryUse(word, out var use) is false)
                return QuestionKind.What;
            if (use.Role is WordRole.Time or WordRole.Cause)
            {
                _consumed = next;
                return use.Role == WordRole.Time ? QuestionKind.When : QuestionKind.Why;
            }
            if (use.Role is WordRole.Can or WordRole.Should or WordRole.Must or WordRole.Present && Word(next + 1) is "i" or "we" or "you" or "one"
                && Word(next + 2) is "do")
                return QuestionKind.How;
            if (use.Role is not (WordRole.Present or WordRole.Past or WordRole.Article or WordRole.Stop or WordRole.Light or WordRole.I or WordRole.Some))
                return QuestionKind.What;
        }
        return QuestionKind.What;
    }

    // "Is there a way to", "is there any way".
    private readonly bool IsWayAhead(int at) => Word(at) is "there" && Word(at + 1) is "a" or "any" && Word(at + 2) is "way" or "method";
}
