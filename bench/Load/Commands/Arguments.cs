namespace Gateway.Bench.Load.Commands;

/// <summary>A command's words: places, and options as <c>--name value</c>; an option may be given several times.</summary>
public sealed class Arguments
{
    private readonly List<string> _places = [];
    private readonly List<(string Name, string Value)> _options = [];

    /// <exception cref="FormatException">An option has no value.</exception>
    public static Arguments Parse(ReadOnlySpan<string> words)
    {
        var arguments = new Arguments();
        for (var i = 0; i < words.Length; i++)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal))
                arguments._places.Add(words[i]);
            else if (i + 1 < words.Length)
                arguments._options.Add((words[i], words[++i]));
            else
                throw new FormatException($"{words[i]} needs a value");
        }

        return arguments;
    }

    /// <exception cref="FormatException">It was not given.</exception>
    public string Place(int index, string name) => index < _places.Count ? _places[index] : throw new FormatException($"{name} is missing");

    /// <summary>How many places were given.</summary>
    public int Places => _places.Count;

    public IReadOnlyList<string> All(string option) => [.. _options.Where(given => given.Name == option).Select(given => given.Value)];

    public string? One(string option) => All(option) is [.., var last] ? last : null;

    /// <exception cref="FormatException">It is no number.</exception>
    public int Number(string option, int otherwise) =>
        One(option) is not { } given ? otherwise
        : int.TryParse(given, out var number) ? number
        : throw new FormatException($"{option} {given} is no whole number");
}
