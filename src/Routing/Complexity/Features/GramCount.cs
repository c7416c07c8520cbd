namespace Gateway.Routing.Complexity.Features;

/// <summary>How often a gram occurs in a text.</summary>
/// <remarks>
/// A gram is an index in [0, <see cref="Grams.Space"/>): the words' buckets first, the characters' behind them.
/// </remarks>
public struct GramCount(int gram)
{
    public int Gram { get; } = gram;

    public int Count { get; internal set; } = 1;
}
