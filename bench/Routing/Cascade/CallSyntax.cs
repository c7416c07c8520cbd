using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Gateway.Bench.Routing.Cascade;

/// <summary>
/// Reads calls the way the replayed models wrote them into text: <c>[f(a=1, b='x'), g(c=[True])]</c>, with Python's literals or JSON's. That
/// is the form the benchmark asks for, and arguments in any other are a call that does not parse. The gateway itself never sees this:
/// an engine's parser turns it into tool calls before.
/// </summary>
public sealed class CallSyntax
{
    private static readonly SearchValues<char> Arithmetic = SearchValues.Create("0123456789.+-*/() ");

    private readonly string _text;
    private int _at;

    private CallSyntax(string text) => _text = text;

    /// <summary>The calls, each with its arguments as JSON; null when the text is no list of calls.</summary>
    public static IReadOnlyList<(string Name, string Arguments)>? Parse(string answer)
    {
        var syntax = new CallSyntax(answer.Trim().Trim('`'));
        try
        {
            var calls = syntax.ReadCalls();
            return syntax.AtEnd() && calls.Count > 0 ? calls : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private List<(string Name, string Arguments)> ReadCalls()
    {
        var calls = new List<(string, string)>();
        var isList = TryTake('[');
        do
        {
            if (isList && Peek() == ']')
                break;
            calls.Add(ReadCall());
        }
        while (TryTake(','));
        // Answers that leave the last bracket out are taken, as the benchmark's own parser takes them.
        if (isList && !AtEnd())
            Take(']');
        return calls;
    }

    private (string Name, string Arguments) ReadCall()
    {
        var name = ReadName();
        Take('(');
        var arguments = new StringBuilder("{");
        while (Peek() != ')')
        {
            var key = ReadName();
            Take('=');
            arguments.Append(arguments.Length > 1 ? "," : "").Append(JsonSerializer.Serialize(key)).Append(':').Append(ReadValue());
            if (!TryTake(','))
                break;
        }

        Take(')');
        return (name, arguments.Append('}').ToString());
    }

    private string ReadValue()
    {
        switch (Peek())
        {
            case '[':
                return ReadItems(']');
            case '(':
                return ReadItems(')');
            case '{':
                return ReadMembers();
            case '"' or '\'':
                return JsonSerializer.Serialize(ReadString());
        }

        var word = ReadWord();
        return word switch
        {
            "True" or "true" => "true",
            "False" or "false" => "false",
            "None" or "null" => "null",
            _ when double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) =>
                number.ToString("R", CultureInfo.InvariantCulture),
            // A sum or a power: its value does not matter, that it is a number does.
            _ when word.AsSpan().ContainsAnyInRange('0', '9') && !word.AsSpan().ContainsAnyExcept(Arithmetic) => "1",
            // Another expression or a variable: text, as the benchmark's own parser takes it.
            _ => JsonSerializer.Serialize(word),
        };
    }

    private string ReadItems(char end)
    {
        _at++;
        var items = new List<string>();
        while (Peek() != end)
        {
            items.Add(ReadValue());
            if (!TryTake(','))
                break;
        }

        Take(end);
        return $"[{string.Join(',', items)}]";
    }

    private string ReadMembers()
    {
        Take('{');
        var members = new List<string>();
        while (Peek() != '}')
        {
            var key = Peek() is '"' or '\'' ? ReadString() : ReadWord();
            Take(':');
            members.Add($"{JsonSerializer.Serialize(key)}:{ReadValue()}");
            if (!TryTake(','))
                break;
        }

        Take('}');
        return $"{{{string.Join(',', members)}}}";
    }

    private string ReadString()
    {
        var quote = _text[_at++];
        var text = new StringBuilder();
        for (; _at < _text.Length && _text[_at] != quote; _at++)
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
                _at++;
            text.Append(_text[_at]);
        }

        Take(quote);
        return text.ToString();
    }

    /// <summary>Everything up to what ends a value, with whatever stands in brackets inside it.</summary>
    private string ReadWord()
    {
        Peek();
        var (start, depth) = (_at, 0);
        for (; _at < _text.Length; _at++)
        {
            var letter = _text[_at];
            if (depth == 0 && letter is ',' or ')' or ']' or '}' or ':' or '=')
                break;
            depth += letter is '(' or '[' ? 1 : letter is ')' or ']' ? -1 : 0;
        }

        return _at > start ? _text[start.._at].Trim() : throw new FormatException();
    }

    private string ReadName()
    {
        Peek();
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.' or '-'))
            _at++;
        return _at > start ? _text[start.._at] : throw new FormatException();
    }

    private bool AtEnd() => Peek() == '\0';

    private char Peek()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
        return _at < _text.Length ? _text[_at] : '\0';
    }

    private bool TryTake(char letter)
    {
        if (Peek() != letter)
            return false;
        _at++;
        return true;
    }

    private void Take(char letter)
    {
        if (!TryTake(letter))
            throw new FormatException();
    }
}
