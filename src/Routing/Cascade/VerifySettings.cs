using System.Collections.Immutable;
using Gateway.Routing.Cascade.Checks;

namespace Gateway.Routing.Cascade;

/// <summary>How the answers of a cascade's smaller pools are judged before anyone sees them.</summary>
/// <param name="Tokens">Tokens of a stream that are held back and judged.</param>
/// <param name="Checks">Structural checks to make.</param>
/// <param name="WeighsTokens">Whether the pool is asked for its tokens' probabilities, and they are weighed.</param>
/// <param name="LeastConfidence">Chance of being right, in [0, 1], below which an answer is not worth showing.</param>
/// <param name="Above">Prompts that score lower are answered on the checks alone.</param>
public sealed record VerifySettings(
    int Tokens, ImmutableArray<IAnswerCheck> Checks, bool WeighsTokens, double LeastConfidence, double Above = 0)
{
    /// <summary>
    /// How far below the bar a prompt may lie and still have both pools asked at once: score points where the threshold is fixed,
    /// quantile points where a share is held, in (0, 1]. Null: the larger pool is asked only after the smaller one's answer.
    /// </summary>
    public double? HedgeMargin { get; init; }

    /// <summary>What applies to a prompt of this score.</summary>
    public VerifySettings For(double? score) =>
        score < Above && WeighsTokens ? this with { WeighsTokens = false } : this;

    /// <summary>
    /// The least confidence at which escalating no longer pays: a wrong answer is mended with the chance that the large model is
    /// right, and every escalation costs the price.
    /// </summary>
    /// <param name="price">What an escalation costs, measured in right answers: 0.3 says that three of them buy ten escalations.</param>
    /// <param name="largeRight">Chance that the large model is right, in (0, 1].</param>
    public static double BreakEven(double price, double largeRight) => Math.Clamp(1 - (price / largeRight), 0, 1);
}
