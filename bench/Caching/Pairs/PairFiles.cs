using System.Text;

namespace Gateway.Bench.Caching.Pairs;

/// <summary>Reads the public sets of pairs as their makers wrote them, from a folder; what is not there is left out.</summary>
public static class PairFiles
{
    private static readonly (string File, Func<string, IEnumerable<AskPair>> Read)[] Known =
    [
        ("quora.tsv", Quora),
        ("medical.csv", Medical),
        ("msr-test.tsv", Msr),
        ("stackexchange.tsv", StackExchange),
    ];

    /// <param name="folder">Where they are, under the names of bench/Caching/README.md.</param>
    /// <param name="most">At most so many of each set, drawn.</param>
    /// <param name="chance">Draws.</param>
    public static IReadOnlyList<AskPair> Read(string folder, int most, Random chance)
    {
        var all = new List<AskPair>();
        foreach (var (file, read) in Known)
        {
            var path = Path.Combine(folder, file);
            if (!File.Exists(path))
                continue;
            var pairs = read(File.ReadAllText(path)).Where(pair => pair.Known.Length > 0 && pair.Asked.Length > 0 && pair.Known != pair.Asked).ToArray();
            chance.Shuffle(pairs);
            all.AddRange(pairs.Take(most));
        }

        return all;
    }

    private static IEnumerable<AskPair> Quora(string text) =>
        from cells in Lines(text).Skip(1).Select(line => line.Split('\t'))
        where cells.Length == 6
        select new AskPair("quora", Unquoted(cells[3]), Unquoted(cells[4]), cells[5] == "1");

    private static IEnumerable<AskPair> Medical(string text) =>
        from cells in Csv(text)
        where cells.Count == 4
        select new AskPair("medical", cells[1].Trim(), cells[2].Trim(), cells[3] == "1");

    private static IEnumerable<AskPair> Msr(string text) =>
        from cells in Lines(text).Skip(1).Select(line => line.Split('\t'))
        where cells.Length == 5
        select new AskPair("msr", cells[3], cells[4], cells[0] == "1");

    /// <summary>Graded 0 to 5: 5 is the same, 4 differs in what is unimportant, and from 3 down what is important differs. 4 is left out.</summary>
    private static IEnumerable<AskPair> StackExchange(string text) =>
        from cells in Lines(text).Select(line => line.Split('\t'))
        where cells.Length >= 3 && cells[0] is "0" or "1" or "2" or "3" or "5"
        select new AskPair("stackexchange", cells[1], cells[2], cells[0] == "5");

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0);

    private static string Unquoted(string cell) => cell is ['"', .. var inner, '"'] ? inner.Replace("\"\"", "\"", StringComparison.Ordinal) : cell;

    private static IEnumerable<List<string>> Csv(string text)
    {
        var (cells, cell, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (isQuoted && character == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (character == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && character is ',' or '\n')
            {
                cells.Add(cell.ToString().TrimEnd('\r'));
                cell.Clear();
                if (character == ',')
                    continue;
                yield return cells;
                cells = [];
            }
            else
            {
                cell.Append(character);
            }
        }
    }
}
