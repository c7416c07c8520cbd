using System.Globalization;

namespace Gateway.Guardrails.Pii.Patterns;

/// <summary>Reads a regular expression of the subset that can be matched in linear time in a stream, and derives the expression for its beginnings.</summary>
/// <remarks>
/// Taken are literals, escapes, classes, the dot, groups, alternatives, counted and lazy repetitions, and boundaries of words. Anchors are not, since a
/// stream's windows begin anywhere; nor what needs backtracking: look-arounds, back-references, atomic groups, conditions.
/// The beginnings of <c>ab</c> are those of <c>a</c>, and <c>a</c> with those of <c>b</c> behind it; of <c>a*</c> they are <c>a*</c> with those of <c>a</c>.
/// </remarks>
internal sealed class PatternReader(string pattern)
{
    private const int Deepest = 20;

    private const string Takeable = "dDwWsStnrfv";

    private int _at;
    private int _depth;

    /// <exception cref="FormatException">The expression is not of the subset.</exception>
    public PatternPart Read()
    {
        var part = ReadAlternatives();
        return _at == pattern.Length ? part : throw new FormatException("a ')' closes nothing");
    }

    private PatternPart ReadAlternatives()
    {
        var alternatives = new List<PatternPart> { ReadSequence() };
        while (_at < pattern.Length && pattern[_at] == '|')
        {
            _at++;
            alternatives.Add(ReadSequence());
        }

        return alternatives.Count == 1 ? alternatives[0] : new PatternPart(
            $"(?:{string.Join('|', alternatives.Select(static part => part.Whole))})",
            $"(?:{string.Join('|', alternatives.Select(static part => part.Beginning))})",
            alternatives.Any(static part => part.MayBeEmpty));
    }

    private PatternPart ReadSequence()
    {
        var parts = new List<PatternPart>();
        while (_at < pattern.Length && pattern[_at] is not ('|' or ')'))
            parts.Add(ReadRepeated(ReadPart()));
        var beginning = "";
        for (var i = parts.Count - 1; i >= 0; i--)
            beginning = $"(?:{parts[i].Whole}{beginning}|{parts[i].Beginning})";
        return new PatternPart(string.Concat(parts.Select(static part => part.Whole)), beginning, parts.TrueForAll(static part => part.MayBeEmpty));
    }

    private PatternPart ReadRepeated(PatternPart part)
    {
        if (_at == pattern.Length)
            return part;
        var start = _at;
        var (least, most) = pattern[_at++] switch
        {
            '*' => (0, int.MaxValue),
            '+' => (1, int.MaxValue),
            '?' => (0, 1),
            '{' => ReadCounts(),
            _ => (-1, -1),
        };
        if (least < 0)
        {
            _at = start;
            return part;
        }

        if (_at < pattern.Length && pattern[_at] == '?')
            _at++;
        if (_at < pattern.Length && pattern[_at] is '*' or '+' or '?' or '{')
            throw new FormatException("a repetition is repeated");
        var before = most switch { int.MaxValue => $"(?:{part.Whole})*", 0 or 1 => "", _ => $"(?:{part.Whole}){{0,{most - 1}}}" };
        return new PatternPart($"(?:{part.Whole}){pattern[start.._at]}", most == 0 ? "" : $"{before}(?:{part.Beginning})?", least == 0 || part.MayBeEmpty);
    }

    private (int Least, int Most) ReadCounts()
    {
        var end = pattern.IndexOf('}', _at);
        var parts = end < 0 ? [] : pattern[_at..end].Split(',');
        if (parts.Length is not (1 or 2) || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var least))
            throw new FormatException("'{' begins no repetition; a brace itself is written '\\{'");
        var most = parts.Length == 1 ? least : int.MaxValue;
        if (parts.Length == 2 && parts[1].Length > 0 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out most))
            throw new FormatException("'{' begins no repetition; a brace itself is written '\\{'");
        if (most < least)
            throw new FormatException("a repetition ends before it begins");
        _at = end + 1;
        return (least, most);
    }

    private PatternPart ReadPart()
    {
        switch (pattern[_at])
        {
            case '(':
                return ReadGroup();
            case '[':
                return PatternPart.Of(ReadClass());
            case '\\':
                return ReadEscape();
            case '^' or '$':
                throw new FormatException($"the anchor '{pattern[_at]}' means nothing in a stream");
            case '*' or '+' or '?' or '{':
                throw new FormatException($"'{pattern[_at]}' repeats nothing");
            default:
                // Both halves of a pair are one letter.
                var width = char.IsHighSurrogate(pattern[_at]) && _at + 1 < pattern.Length ? 2 : 1;
                _at += width;
                return PatternPart.Of(pattern.Substring(_at - width, width) is var letter && letter is "]" or "}" or "#" or " " ? "\\" + letter : letter);
        }
    }

    private PatternPart ReadGroup()
    {
        _at++;
        if (_at < pattern.Length && pattern[_at] == '?')
        {
            var name = _at + 1 < pattern.Length && pattern[_at + 1] == '<' ? pattern.IndexOf('>', _at) : -1;
            var isNamed = name > _at + 2 && pattern[(_at + 2)..name].All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
            if (isNamed)
                _at = name + 1;
            else if (_at + 1 < pattern.Length && pattern[_at + 1] == ':')
                _at += 2;
            else
                throw new FormatException("look-arounds, atomic groups, conditions and options inside are not of the subset; '(?i)' may stand at the beginning");
        }

        if (++_depth > Deepest)
            throw new FormatException($"groups are nested more than {Deepest} deep");
        var inner = ReadAlternatives();
        _depth--;
        if (_at == pattern.Length)
            throw new FormatException("a '(' is never closed");
        _at++;
        return inner with { Whole = $"(?:{inner.Whole})", Beginning = $"(?:{inner.Beginning})" };
    }

    private string ReadClass()
    {
        var start = _at++;
        if (_at < pattern.Length && pattern[_at] == '^')
            _at++;
        if (_at < pattern.Length && pattern[_at] == ']')
            _at++;
        for (; _at < pattern.Length && pattern[_at] != ']'; _at++)
        {
            if (pattern[_at] == '[')
                throw new FormatException("a '[' inside a class is written '\\['");
            if (pattern[_at] == '\\')
                _at++;
        }

        if (_at >= pattern.Length)
            throw new FormatException("a '[' is never closed");
        return pattern[start..++_at];
    }

    private PatternPart ReadEscape()
    {
        if (_at + 1 == pattern.Length)
            throw new FormatException("a '\\' ends the pattern");
        var (start, letter) = (_at, pattern[_at + 1]);
        _at += 2;
        if (letter is 'b' or 'B')
            return new PatternPart(pattern[start.._at], "", MayBeEmpty: true);
        if (letter is 'x' or 'u')
            _at += letter == 'x' ? 2 : 4;
        else if (letter is 'p' or 'P')
            _at = pattern.IndexOf('}', _at) + 1;
        else if (char.IsAsciiLetterOrDigit(letter) && !Takeable.Contains(letter, StringComparison.Ordinal))
            throw new FormatException($"'\\{letter}' is not of the subset: there are no anchors and no back-references");
        if (_at <= start + 1 || _at > pattern.Length)
            throw new FormatException($"'\\{letter}' is not ended");
        return PatternPart.Of(pattern[start.._at]);
    }
}

/// <summary>A part of an expression.</summary>
/// <param name="Whole">The expression for it.</param>
/// <param name="Beginning">The expression for what more could make it of, with nothing at all.</param>
/// <param name="MayBeEmpty">Whether it may match nothing.</param>
internal sealed record PatternPart(string Whole, string Beginning, bool MayBeEmpty)
{
    /// <summary>One character.</summary>
    public static PatternPart Of(string letter) => new(letter, $"(?:{letter})?", MayBeEmpty: false);
}
