using System.Buffers;
using Gateway.Caching.Embedding.Language;

namespace Gateway.Caching.Semantic.Comparison;

/// <summary>Reads an ask's tokens from left to right.</summary>
internal ref struct AskReader
{
    private readonly AskReading _reading;
    private readonly ReadOnlySpan<char> _lower;
    private readonly List<AskToken> _tokens;
    private readonly bool _isShouted;
    private QuestionReader _question;
    private Preposition _pending;
    private bool _isAdjacent;
    private bool _isJoined;
    private int _openNegations;

    private AskReader(AskReading reading, ReadOnlySpan<char> lower, List<AskToken> tokens)
    {
        _reading = reading;
        _lower = lower;
        _tokens = tokens;
        _question = new QuestionReader(lower, tokens);
        _isShouted = tokens.TrueForAll(token => token.Kind != TokenKind.Word || token.Case == LetterCase.Upper);
    }

    public static void Read(string text, AskReading reading)
    {
        reading.Language = AskLanguage.Of(text);
        var lower = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            var tokens = new List<AskToken>(32);
            reading.Code = AskLexer.Cut(text, lower.AsSpan(0, text.Length), tokens);
            var reader = new AskReader(reading, lower.AsSpan(0, text.Length), tokens);
            for (var i = 0; i < tokens.Count;)
                i += reader.Take(i);
            for (; reader._openNegations > 0; reader._openNegations--)
                reading.Negated.Add(0);
            reading.Kind = reader._question.Kind;
            if (reader._question.IsAboutAnyone && reading.Roles.Has(WordRole.You))
                reading.Roles = reading.Roles.Without(WordRole.You).With(WordRole.I);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(lower);
        }
    }

    private readonly ReadOnlySpan<char> Letters(AskToken token) => _lower.Slice(token.Start, token.Length);

    // How many tokens it took.
    private int Take(int at)
    {
        var token = _tokens[at];
        switch (token.Kind)
        {
            case TokenKind.Break:
                _question.Break();
                _pending = Preposition.None;
                _isAdjacent = false;
                return 1;
            case TokenKind.Comma:
                _question.Break();
                _isJoined = true;
                return 1;
            case TokenKind.Symbol:
                _reading.Symbols = WordList.Key(Letters(token), _reading.Symbols);
                return 1;
            case TokenKind.Unit:
                return TakeUnit(at);
            case TokenKind.Number:
                return TakeNumber(at);
            case TokenKind.Identifier:
                AddWord(Letters(token), token.IsQuoted ? ItemKind.Quotation : ItemKind.Identifier);
                return 1;
            default:
                return TakeWord(at);
        }
    }

    // °C and °F are of two signs.
    private int TakeUnit(int at)
    {
        var token = _tokens[at];
        var taken = Letters(token) is "°" && at + 1 < _tokens.Count && _tokens[at + 1] is { Kind: TokenKind.Word, Length: 1 } ? 2 : 1;
        var sign = taken == 1 ? Letters(token) : _lower[token.Start..(_tokens[at + 1].Start + 1)];
        Add(WordList.GroupOf(sign) is > 0 and var group ? group : WordList.Key(sign), WordList.Key(sign), ItemKind.Unit);
        return taken;
    }

    private int TakeWord(int at)
    {
        var token = _tokens[at];
        if (token.IsQuoted)
        {
            Add(WordList.Key(Letters(token)), WordList.Key(Letters(token)), ItemKind.Quotation);
            return 1;
        }
        if (TakePhrase(at))
            return 2;
        if (!WordList.TryUse(Letters(token), out var use) || (!_isShouted && NameRule.IsName(_tokens, at, use.Role)))
        {
            var isName = token.Case == LetterCase.Upper || (token.Case == LetterCase.Capital && at > 0 && _tokens[at - 1].Kind != TokenKind.Break);
            AddWord(Letters(token), isName && !_isShouted ? ItemKind.Name : ItemKind.Word);
            return 1;
        }
        return Use(at, use);
    }

    private bool TakePhrase(int at)
    {
        var token = _tokens[at];
        if (at + 1 >= _tokens.Count || _tokens[at + 1].Kind != TokenKind.Word || _tokens[at + 1].IsQuoted || !WordList.BeginsPhrase(Letters(token)))
            return false;
        var next = Letters(_tokens[at + 1]);
        Span<char> phrase = stackalloc char[(2 * AskLexer.LongestWord) + 1];
        Letters(token).CopyTo(phrase);
        phrase[token.Length] = ' ';
        next.CopyTo(phrase[(token.Length + 1)..]);
        var both = phrase[..(token.Length + 1 + next.Length)];
        if (WordList.GroupOf(both) is > 0 and var group)
            Add(group, WordList.StemKey(both), ItemKind.Word);
        else if (WordList.TryUse(both, out var use))
            Use(at, use);
        else
            return false;
        return true;
    }

    private int Use(int at, WordUse use)
    {
        var follows = _question.See(at, use.Role);
        switch (use.Role)
        {
            case WordRole.Article:
                return 1;
            case WordRole.Prep:
                _pending = (Preposition)use.Value;
                _isAdjacent = false;
                return 1;
            case WordRole.Join or WordRole.Or or WordRole.Versus:
                _isJoined = true;
                _reading.Roles = _reading.Roles.With(use.Role);
                return 1;
            case WordRole.Number:
                return TakeNumber(at);
            case WordRole.Ordinal when at > 0 && _tokens[at - 1].Kind == TokenKind.Number:
            case WordRole.Form or WordRole.Time or WordRole.Cause or WordRole.Hyper:
                if (!follows)
                    AddWord(Letters(_tokens[at]), use.Role == WordRole.Form ? ItemKind.Form : ItemKind.Word, use.Role == WordRole.Hyper);
                return 1;
            case WordRole.Ordinal:
                Add(NumberReader.OrdinalKey(use.Value), WordList.StemKey(Letters(_tokens[at])), ItemKind.Number);
                return 1;
            case WordRole.Not:
                // "Why doesn't my code run" denies not the code: what it denies is open.
                if (Letters(_tokens[at]) is "n't" && _question.Kind != QuestionKind.None)
                    _reading.Negated.Add(0);
                else
                    _openNegations++;
                break;
            case WordRole.You when _question.IsAddressed(at):
            case WordRole.Can or WordRole.Past or WordRole.Present or WordRole.Future when _question.IsRequest(at):
                break;
            default:
                _reading.Roles = _reading.Roles.With(use.Role);
                break;
        }
        // A possessive stands between a preposition and what it governs as an article does.
        if (use.Role is < WordRole.I or > WordRole.They)
            _pending = Preposition.None;
        _isAdjacent = false;
        return 1;
    }

    private int TakeNumber(int at)
    {
        var next = at;
        decimal sum = 0, part = 0;
        if (_tokens[at].Kind == TokenKind.Number)
        {
            if (!NumberReader.TryRead(Letters(_tokens[at]), out part, out var rest))
            {
                AddWord(Letters(_tokens[at]), ItemKind.Identifier);
                return 1;
            }
            if (rest is "st" or "nd" or "rd" or "th")
            {
                Add(NumberReader.Key(part) ^ 1, NumberReader.Key(part), ItemKind.Number);
                return 1;
            }
            if (rest.Length > 0)
            {
                Add(NumberReader.Key(part), 0, ItemKind.Number);
                AddWord(rest, ItemKind.Unit);
                return 1;
            }
            next++;
        }
        var isWord = next == at;
        while (next < _tokens.Count && _tokens[next].Kind == TokenKind.Word
            && WordList.TryUse(Letters(_tokens[next]), out var use) && use.Role == WordRole.Number
            && (isWord || use.Value >= 100) && NumberReader.TryAdd(use.Value, ref sum, ref part))
            next++;
        // "one" is a number in "one sentence" and none in "the one".
        var isOne = isWord && next == at + 1 && sum + part == 1;
        Add(NumberReader.Key(sum + part), 0, ItemKind.Number, isOne);
        return next - at;
    }

    private void AddWord(ReadOnlySpan<char> word, ItemKind kind, bool isOptional = false)
    {
        Span<char> letters = stackalloc char[AskLexer.LongestWord];
        var stem = word.Length > letters.Length || kind == ItemKind.Identifier ? word : letters[..word.Length];
        if (stem.Length > 0 && kind != ItemKind.Identifier && word.Length <= letters.Length)
        {
            word.CopyTo(letters);
            stem = letters[..Stem.Cut(letters[..word.Length])];
        }
        var group = WordList.GroupOf(word);
        if (group == 0)
            group = WordList.GroupOf(stem);
        var key = WordList.Key(stem);
        Add(group == 0 ? key : group, key, kind, isOptional);
    }

    private void Add(ulong key, ulong stem, ItemKind kind, bool isOptional = false)
    {
        var items = _reading.Items;
        var role = _pending != Preposition.None ? _pending : _isAdjacent && items.Count > 0 ? items[^1].Role : Preposition.None;
        items.Add(new AskItem(key, stem, kind, role, _isJoined, isOptional));
        for (; _openNegations > 0; _openNegations--)
            _reading.Negated.Add(key);
        _pending = Preposition.None;
        _isAdjacent = true;
        _isJoined = false;
        _question.SeeContent();
    }
}
