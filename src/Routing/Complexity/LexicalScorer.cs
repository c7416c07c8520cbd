namespace Gateway.Routing.Complexity;

/// <summary><c>lexical</c>: a logistic over words, marks and sizes that are cheap to count and easy to explain.</summary>
/// <remarks>
/// <code>score = 1 / (1 + exp(-(bias + Σ weight · feature)))</code>, every feature saturating, so that no amount of one thing
/// decides alone. The ask weighs most; history, tools and attachments inform; the length of the system prompt is not a feature.
/// The weights are set by hand: they order prompts by the kind of work, they do not measure what a model pair gains.
/// Words are English; an ask in another language is judged by its marks and sizes.
/// </remarks>
public sealed class LexicalScorer : IComplexityScorer
{
    private const float Bias = -1.9f;

    public ComplexityScore Score(in Prompt prompt)
    {
        var ask = AskFeatures.Count(prompt.Ask);
        var sum = new Sum(Bias);
        sum.Add("reasoning", 2.4f * Saturate(ask.Reasoning, 1.5f));
        sum.Add("math", 2.0f * Saturate(ask.Math + (0.5f * ask.MathMarks), 3));
        sum.Add("code", 1.8f * Saturate(ask.Code + (0.5f * ask.CodeMarks), 4));
        sum.Add("constraints", 0.8f * Saturate(ask.Constraints, 4));
        sum.Add("small-talk", -1.2f * Saturate(ask.SmallTalk, 1) / (1 + (0.1f * ask.Words)));
        sum.Add("lookup", -0.6f * Saturate(ask.Lookup, 1));
        sum.Add("length", 1.0f * Logarithm(ask.Characters, 60, 4000));
        sum.Add("history", 0.5f * Logarithm(prompt.HistoryBytes, 2000, 100_000));
        sum.Add("turns", 0.3f * Saturate(prompt.UserTurns - 1, 8));
        sum.Add("tools", 0.5f * Saturate(prompt.Tools, 10));
        sum.Add("tool-results", 0.5f * Saturate(prompt.ToolResults, 6));
        sum.Add("attachments", 0.6f * Saturate(prompt.Attachments, 1));
        return sum.ToScore();
    }

    /// <summary>0 at 0, one half at <paramref name="half"/>, towards 1.</summary>
    private static float Saturate(float count, float half) => count <= 0 ? 0 : count / (count + half);

    /// <summary>0 up to <paramref name="low"/>, 1 from <paramref name="high"/>, linear in the logarithm between.</summary>
    private static float Logarithm(float size, float low, float high) =>
        Math.Clamp(MathF.Log(MathF.Max(size, 1) / low) / MathF.Log(high / low), 0, 1);

    private struct Sum(float bias)
    {
        private float _logit = bias;
        private ComplexityScore.TopFeatures _top;

        public void Add(string name, float weight)
        {
            _logit += weight;
            if (MathF.Abs(weight) >= 0.05f)
                _top.Offer(new ComplexityScore.Feature(name, weight));
        }

        public readonly ComplexityScore ToScore() => new(1 / (1 + MathF.Exp(-_logit)), _top);
    }
}
