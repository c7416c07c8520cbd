namespace Gateway.Routing.Complexity.Features;

/// <summary>The features of one prompt: counts of grams, and the dense statistics. Returns its rented memory when disposed.</summary>
/// <remarks>
/// One pass over the ask's UTF-8, without regular expressions and without allocating once the array pool is warm. Of a long ask
/// the beginning and the end are read: that is where people say what they want of what they paste.
/// <code>
/// using var features = PromptFeatures.Read(prompt);
/// foreach (var gram in features.Grams) …
/// </code>
/// </remarks>
public readonly ref struct PromptFeatures : IDisposable
{
    /// <summary>Bytes read at either end of an ask; no row of the routing data is longer than both together.</summary>
    private const int EndBytes = 2560;

    private readonly GramTable _grams;
    private readonly DenseVector _dense;

    private PromptFeatures(GramTable grams, DenseVector dense)
    {
        _grams = grams;
        _dense = dense;
    }

    /// <summary>Distinct grams and how often each occurs, in the order of their first occurrence.</summary>
    public ReadOnlySpan<GramCount> Grams => _grams.Entries;

    /// <summary>The statistics, not standardised.</summary>
    public DenseVector Dense => _dense;

    /// <summary>The features of a prompt's ask and of its tools.</summary>
    public static PromptFeatures Read(in Prompt prompt) => Read(prompt.Ask, prompt.ToolsJson);

    /// <param name="ask">UTF-8, unescaped.</param>
    /// <param name="toolsJson">The offered tools as the caller's JSON array, or empty.</param>
    public static PromptFeatures Read(ReadOnlySpan<byte> ask, ReadOnlySpan<byte> toolsJson)
    {
        var isWhole = ask.Length <= 2 * EndBytes;
        var read = isWhole ? ask.Length : 2 * EndBytes;
        var reader = new AskReader(new GramTable(MostGrams(read)));
        if (isWhole)
        {
            reader.Read(ask);
        }
        else
        {
            reader.Read(WithoutTornEnd(ask[..EndBytes]));
            reader.Read(WithoutTornStart(ask[^EndBytes..]));
        }

        var dense = default(DenseVector);
        DenseStatistics.Fill(reader.Counts, (float)ask.Length / int.Max(read, 1), ref dense);
        DenseStatistics.Fill(ToolShape.Read(toolsJson, reader.Table), ref dense);
        return new PromptFeatures(reader.Table, dense);
    }

    public void Dispose() => _grams.Return();

    /// <summary>At most three runs and two words a character, and three more runs for the space that closes a token of one.</summary>
    private static int MostGrams(int bytes) => (5 * bytes) + 16;

    private static ReadOnlySpan<byte> WithoutTornEnd(ReadOnlySpan<byte> text)
    {
        var end = text.Length;
        while (end > text.Length - 4 && (text[end - 1] & 0xC0) == 0x80)
            end--;
        return text[end - 1] >= 0xC0 ? text[..(end - 1)] : text;
    }

    private static ReadOnlySpan<byte> WithoutTornStart(ReadOnlySpan<byte> text)
    {
        var start = 0;
        while (start < 4 && (text[start] & 0xC0) == 0x80)
            start++;
        return text[start..];
    }
}
