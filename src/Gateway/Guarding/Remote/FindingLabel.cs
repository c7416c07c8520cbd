using System.Buffers;

namespace Gateway.Guarding.Remote;

/// <summary>Which words of others may be a finding's label: what can stand in a header, in a metric, and in capitals in a placeholder.</summary>
internal static class FindingLabel
{
    private const int Longest = 64;

    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    public static bool IsOne(string text) => text.Length is > 0 and <= Longest && char.IsAsciiLetterLower(text[0]) && !text.AsSpan().ContainsAnyExcept(Characters);
}
