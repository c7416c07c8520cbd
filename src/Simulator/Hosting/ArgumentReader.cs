using System.Globalization;
using System.Net;

namespace Gateway.Simulator.Hosting;

/// <summary>Picks typed values out of <c>--name value</c> and <c>--name=value</c> arguments.</summary>
internal sealed class ArgumentReader
{
    private readonly Dictionary<string, string?> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<string> _errors;

    public ArgumentReader(string[] args, List<string> errors)
    {
        _errors = errors;
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                errors.Add($"'{args[i]}' is no option; see --help");
                continue;
            }
            var at = args[i].IndexOf('=', StringComparison.Ordinal);
            if (at > 0) _values[args[i][..at]] = args[i][(at + 1)..];
            else if (i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal)) _values[args[i]] = args[++i];
            else _values[args[i]] = null;
        }
    }

    public bool Flag(string name)
    {
        _known.Add(name);
        return _values.ContainsKey(name);
    }

    public string? Text(string name)
    {
        _known.Add(name);
        if (!_values.TryGetValue(name, out var value)) return null;
        if (value is null) _errors.Add($"{name} needs a value");
        return value;
    }

    public int? Number(string name, int least, int most)
    {
        if (Text(name) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        _errors.Add($"{name} is '{text}'; write a whole number from {least} to {most}");
        return null;
    }

    public double? Real(string name)
    {
        if (Text(name) is not { } text) return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0) return number;
        _errors.Add($"{name} is '{text}'; write a number above 0");
        return null;
    }

    public string? Choice(string name, params ReadOnlySpan<string> choices)
    {
        if (Text(name) is not { } text) return null;
        if (choices.Contains(text)) return text;
        _errors.Add($"{name} is '{text}'; known: {string.Join(", ", choices.ToArray())}");
        return null;
    }

    public string? Address(string name)
    {
        if (Text(name) is not { } text) return null;
        if (IPAddress.TryParse(text, out _)) return text;
        _errors.Add($"{name} is '{text}'; write an IP address");
        return null;
    }

    /// <summary>A time such as 20ms.</summary>
    public TimeSpan? Interval(string text)
    {
        if (text.EndsWith("ms", StringComparison.Ordinal)
            && double.TryParse(text[..^2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0)
            return TimeSpan.FromMilliseconds(number);
        _errors.Add($"'{text}' is no interval; write milliseconds, such as 20ms");
        return null;
    }

    public void RefuseUnknown()
    {
        foreach (var name in _values.Keys)
            if (!_known.Contains(name)) _errors.Add($"{name} is not known; see --help");
    }
}
