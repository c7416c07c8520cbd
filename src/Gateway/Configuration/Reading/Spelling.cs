namespace Gateway.Configuration.Reading;

/// <summary>Finds what somebody meant to write.</summary>
internal static class Spelling
{
    /// <summary><c>; did you mean "x"?</c> for the nearest name when it is near enough, else nothing.</summary>
    public static string Suggest(string word, IEnumerable<string> names) =>
        Nearest(word, names) is { } nearest ? $"; did you mean {Quoting.Quote(nearest)}?" : "";

    /// <summary>The nearest name, at most a third of the word's letters away; null when none is that near.</summary>
    public static string? Nearest(string word, IEnumerable<string> names)
    {
        var allowed = Math.Max(1, Math.Min(word.Length, 60) / 3);
        var best = names
            .Where(name => Math.Abs(name.Length - word.Length) <= allowed)
            .Select(name => (Name: name, Distance: Distance(word.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(candidate => candidate.Distance <= allowed)
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault();
        return best.Name;
    }

    /// <summary>Letters to insert, drop, replace or swap with their neighbour to turn one word into the other.</summary>
    public static int Distance(string from, string to)
    {
        var rows = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var same = from[i - 1] == to[j - 1];
                var least = Math.Min(rows[i - 1, j - 1] + (same ? 0 : 1), Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                var swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
                rows[i, j] = swapped ? Math.Min(least, rows[i - 2, j - 2] + 1) : least;
            }
        }

        return rows[from.Length, to.Length];
    }
}
