using Gateway.Caching.Semantic;
using Gateway.Caching.Semantic.Bounds;

namespace Gateway.Bench.Caching.Streams;

/// <summary>Asks whose similarity and rightness are drawn; the bars decide and hear of what they had checked.</summary>
/// <param name="bars">The bars.</param>
/// <param name="chance">Draws.</param>
public sealed class DrawnAsks(LearnedBars bars, Random chance)
{
    private static readonly AskClass Class = new("auto", AskForm.Question, AskLength.Short);

    private double _leastAhead;

    public int Asks { get; private set; }

    public int Hits { get; private set; }

    public int FalseHits { get; private set; }

    public int CheckedHits { get; private set; }

    /// <summary>The most wrong hits, over one in a hundred, in any part of the stream.</summary>
    public double MostAhead { get; private set; }

    public float Bar => bars.BarOf(Class);

    public void Ask(int times, Func<float, double> rightAt)
    {
        for (var i = 0; i < times; i++)
        {
            var similarity = (float)Math.Clamp(1 + (Math.Log(1 - chance.NextDouble()) * 0.09), 0.5, 1);
            Offer(Class, similarity, chance.NextDouble() < rightAt(similarity));
        }
    }

    /// <summary>One ask whose nearest entry is so near, and right or not.</summary>
    /// <returns>Whether it was a hit.</returns>
    public bool Offer(AskClass asks, float similarity, bool isRight)
    {
        var bar = bars.BarOf(asks);
        var isHit = similarity >= bar;
        Asks++;
        Hits += isHit ? 1 : 0;
        FalseHits += isHit && !isRight ? 1 : 0;
        var ahead = FalseHits - (0.01 * Hits);
        _leastAhead = Math.Min(_leastAhead, ahead);
        MostAhead = Math.Max(MostAhead, ahead - _leastAhead);
        if (!bars.ShallDoubt(asks, similarity, bar))
            return isHit;
        CheckedHits += isHit ? 1 : 0;
        bars.Learn(asks, similarity, isRight, isHit);
        return isHit;
    }
}
