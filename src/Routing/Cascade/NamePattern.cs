namespace Gateway.Routing.Cascade;

/// <summary>A name with one or more <c>*</c>, each of which stands for any run of characters, also none.</summary>
public sealed class NamePattern(string pattern)
{
    private readonly string[] _literals = pattern.Split('*');

    /// <summary>Characters that are not <c>*</c>: the more, the more specific.</summary>
    public int LiteralLength { get; } = pattern.Length - pattern.Count(letter => letter == '*');

    public static bool IsPattern(string name) => name.Contains('*');

    public bool Matches(string name)
    {
        var (first, last) = (_literals[0], _literals[^1]);
        if (name.Length < LiteralLength
            || !name.StartsWith(first, StringComparison.Ordinal)
            || !name.EndsWith(last, StringComparison.Ordinal))
            return false;
        var middle = name.AsSpan(first.Length, name.Length - first.Length - last.Length);
        foreach (var literal in _literals.AsSpan(1, _literals.Length - 2))
        {
            var at = middle.IndexOf(literal, StringComparison.Ordinal);
            if (at < 0)
                return false;
            middle = middle[(at + literal.Length)..];
        }

        return true;
    }
}
