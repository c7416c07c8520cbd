using System.Text;

namespace Gateway.Bench.Guardrails.Injection;

/// <summary>Makes texts from <c>grammar.txt</c>, which says in what form.</summary>
public sealed class Grammar
{
    private readonly Dictionary<string, string[]> _rules = [];

    public Grammar(string text)
    {
        string? name = null;
        foreach (var line in text.Split('\n'))
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var definition = line;
            if (line[0] != '|')
            {
                name = line[..line.IndexOf(" = ", StringComparison.Ordinal)];
                definition = line[(name.Length + 3)..];
                _rules[name] = [];
            }

            string[] alternatives = [.. definition.TrimStart('|').Split(" | ").Select(one => one.Trim()).Where(one => one.Length > 0)];
            _rules[name!] = [.. _rules[name!], .. alternatives];
        }
    }

    public static Grammar Default
    {
        get
        {
            using var stream = typeof(Grammar).Assembly.GetManifestResourceStream("grammar.txt") ?? throw new IOException("grammar.txt is missing");
            using var reader = new StreamReader(stream);
            return new Grammar(reader.ReadToEnd());
        }
    }

    /// <summary>Names of the rules that are asked for.</summary>
    public IEnumerable<string> Subjects => _rules.Keys.Where(name => name.StartsWith("attack.", StringComparison.Ordinal) || name.StartsWith("benign.", StringComparison.Ordinal));

    /// <summary>A text of a rule.</summary>
    public string Make(string rule, Random chance)
    {
        var text = new StringBuilder();
        Write(rule, chance, text, 0);
        var made = text.ToString().Replace("  ", " ").Replace(" ,", ",").Replace(" .", ".").Trim();
        return chance.Next(3) switch
        {
            0 when made.Length > 0 => char.ToUpperInvariant(made[0]) + made[1..],
            1 when chance.Next(6) == 0 => made.ToUpperInvariant(),
            _ => made,
        };
    }

    private void Write(string rule, Random chance, StringBuilder text, int depth)
    {
        if (depth > 12)
            throw new FormatException($"{rule} does not end");
        var alternatives = _rules.TryGetValue(rule, out var known) ? known : throw new FormatException($"the grammar has no {rule}");
        var chosen = alternatives[chance.Next(alternatives.Length)];
        for (var at = 0; at < chosen.Length; at++)
        {
            if (chosen[at] != '{')
            {
                text.Append(chosen[at]);
                continue;
            }

            // Two braces are one that is meant.
            if (at + 1 < chosen.Length && chosen[at + 1] == '{')
            {
                text.Append('{');
                at++;
                continue;
            }

            var end = chosen.IndexOf('}', at);
            var name = chosen[(at + 1)..end];
            if (name[^1] != '?')
                Write(name, chance, text, depth + 1);
            else if (chance.Next(2) == 0)
                Write(name[..^1], chance, text, depth + 1);
            at = end;
        }
    }
}
