using Gateway.Caching.Semantic;
using Gateway.Caching.Semantic.Bounds;

namespace Gateway.Caching.Tests.Semantic.Bounds;

/// <summary>Asks whose nearest entry's similarity and rightness are drawn, seeded; the bars decide as a cache would, and hear of what they had checked.</summary>
/// <param name="bars">The bars.</param>
/// <param name="chance">Draws.</param>
internal sealed class AskStream(LearnedBars bars, Random chance)
{
    public static readonly AskClass Class = new("auto", AskForm.Question, AskLength.Short);

    public int Hits { get; private set; }

    public int FalseHits { get; private set; }

    public int Checks { get; private set; }

    /// <summary>Half of all asks are nearer than so much.</summary>
    public static float AroundTheBar(Random chance) => (float)Math.Clamp(1 - (-Math.Log(1 - chance.NextDouble()) * 0.09), 0.5, 1);

    /// <summary>Rightness as an embedder gives it: a curve by similarity.</summary>
    public static Func<float, double> Curve(double steepness, double middle) => similarity => 1 / (1 + Math.Exp(-steepness * (similarity - middle)));

    public AskStream Ask(int times, Func<float, double> rightAt, AskClass? asks = null)
    {
        var from = asks ?? Class;
        for (var i = 0; i < times; i++)
        {
            var similarity = AroundTheBar(chance);
            var isRight = chance.NextDouble() < rightAt(similarity);
            var bar = bars.BarOf(from);
            var isHit = similarity >= bar;
            Hits += isHit ? 1 : 0;
            FalseHits += isHit && !isRight ? 1 : 0;
            if (!bars.ShallDoubt(from, similarity, bar))
                continue;
            Checks += isHit ? 1 : 0;
            bars.Learn(from, similarity, isRight, isHit);
        }

        return this;
    }
}
