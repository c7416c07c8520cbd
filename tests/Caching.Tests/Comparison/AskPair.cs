namespace Gateway.Caching.Tests.Comparison;

/// <summary>Two asks, and what was done to the first to get the second.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Ask">One.</param>
/// <param name="Other">The other.</param>
public sealed record AskPair(string Kind, string Ask, string Other)
{
    /// <summary>The pairs of a file beside the tests: kind, ask and other, with tabs between.</summary>
    public static IReadOnlyList<AskPair> Load(string file)
    {
        using var stream = typeof(AskPair).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split('\t')).Select(parts => new AskPair(parts[0], parts[1], parts[2]))];
    }
}
