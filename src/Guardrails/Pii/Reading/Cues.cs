using System.Text;

namespace Gateway.Guardrails.Pii.Reading;

/// <summary>Words that tell what the number behind them is.</summary>
internal sealed class Cues
{
    /// <summary>How far before a number they may stand, in bytes: some eight words, or a line of a form.</summary>
    public const int Distance = 48;

    private readonly byte[][]?[] _byFirst = new byte[][]?[256];

    /// <param name="words">In lower case; those that begin with a Latin letter count as whole words alone.</param>
    public Cues(params IReadOnlyList<string> words)
    {
        foreach (var sameFirst in words.Select(Encoding.UTF8.GetBytes).GroupBy(static word => word[0]))
            _byFirst[sameFirst.Key] = [.. sameFirst];
        IsEmpty = words.Count == 0;
    }

    public bool IsEmpty { get; }

    /// <summary>Whether one of them stands shortly before a place.</summary>
    /// <param name="cursor">The text.</param>
    /// <param name="place">The place.</param>
    /// <param name="distance">How far before it, in bytes.</param>
    public bool Announce(in Cursor cursor, int place, int distance = Distance)
    {
        var before = cursor.Before(place, distance);
        for (var at = 0; at < before.Length && !IsEmpty; at++)
        {
            var first = Letters.Lower(before[at]);
            if (_byFirst[first] is not { } words || (Letters.IsLetter(first) && at > 0 && Letters.IsLetter(before[at - 1])))
                continue;
            foreach (var word in words)
            {
                if (IsAt(before, at, word))
                    return true;
            }
        }

        return false;
    }

    private static bool IsAt(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> word)
    {
        if (text.Length - at < word.Length)
            return false;
        for (var i = 1; i < word.Length; i++)
        {
            if (Letters.Lower(text[at + i]) != word[i])
                return false;
        }

        var end = at + word.Length;
        return !Letters.IsLetter(word[0]) || end == text.Length || !Letters.IsLetter(text[end]);
    }
}
