using System.Text;

namespace Gateway.Routing.Cascade.Checks;

/// <summary>The answer begins by saying that it will not or cannot answer.</summary>
/// <remarks>
/// The phrases stand in <c>Refusals.txt</c>: openings that small models use when they decline, in eight languages. A refusal that is
/// right costs one call of the large model, which declines as well; so the list holds openings only, and no single words.
/// </remarks>
public sealed class RefusalCheck : IAnswerCheck
{
    /// <summary>Characters looked at: the longest phrase, and what may stand before it.</summary>
    private const int Opening = 120;

    private static readonly string[] Phrases = ReadPhrases();

    public string Name => "refusal";

    public string Reason => "refusal";

    public bool Flags(DraftAnswer answer, Offer offer)
    {
        if (answer.IsRefusal)
            return true;
        if (answer.HasCalls)
            return false;
        // Four bytes hold any character; the cut may fall inside one, which then matches nothing.
        var text = answer.Text;
        Span<char> opening = stackalloc char[Opening * 4];
        var length = Encoding.UTF8.GetChars(text[..Math.Min(text.Length, Opening * 4)], opening);
        var start = opening[..length].TrimStart(" \t\r\n\"'*_#>“”‘’«「『");
        foreach (var letter in start)
        {
            if (letter == '’')
                start.Replace('’', '\'');
        }

        foreach (var phrase in Phrases)
        {
            if (((ReadOnlySpan<char>)start).StartsWith(phrase, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static string[] ReadPhrases()
    {
        using var stream = typeof(RefusalCheck).Assembly.GetManifestResourceStream("Gateway.Routing.Cascade.Checks.Refusals.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
    }
}
