using System.Collections.Immutable;
using System.Globalization;
using Gateway.Routing.Complexity;

namespace Gateway.Routing.Cascade;

/// <summary>Turns a route and a prompt into a plan: the complexity decides where a cascade starts.</summary>
public sealed class CascadeRouter(IComplexityScorer scorer)
{
    /// <summary>Whether a prompt must carry the whole conversation's text.</summary>
    public bool ReadsConversation => scorer.ReadsConversation;

    public RoutePlan Plan(ModelRoute route, in Prompt prompt)
    {
        if (!route.IsCascade)
            return Fit(route.OrderFrom(0), prompt.EstimatedTokens, "model", null);
        var score = scorer.Score(prompt);
        var isHard = score.Value >= route.Threshold;
        var start = isHard ? route.Cascade.Length - 1 : 0;
        return Fit(route.OrderFrom(start), prompt.EstimatedTokens, Explain(score, route.Threshold, isHard), score.Value);
    }

    /// <summary>A plan without a prompt to judge, for routes whose body is passed through: the small pool first.</summary>
    public static RoutePlan PlanUnscored(ModelRoute route) =>
        new(route.OrderFrom(0), route.IsCascade ? "unscored, cascade starts small" : "model");

    /// <summary>Leaves out pools whose context the prompt alone would overflow, unless no pool would be left.</summary>
    private static RoutePlan Fit(ImmutableArray<Pool> order, int promptTokens, string reason, double? score)
    {
        if (order.All(pool => pool.ContextTokens is not { } context || context >= promptTokens))
            return new RoutePlan(order, reason, score);
        var fitting = order.RemoveAll(pool => pool.ContextTokens < promptTokens);
        if (fitting.IsEmpty)
            return new RoutePlan(order, reason, score);
        var moved = fitting[0] == order[0] ? reason : $"{reason}; ~{promptTokens} tokens exceed {order[0].Name}";
        return new RoutePlan(fitting, moved, score);
    }

    private static string Explain(ComplexityScore score, double threshold, bool isHard)
    {
        var value = score.Value.ToString("0.000", CultureInfo.InvariantCulture);
        var bar = threshold.ToString("0.###", CultureInfo.InvariantCulture);
        var comparison = isHard ? ">=" : "<";
        return score[0].Name is null
            ? $"complexity {value} {comparison} {bar}"
            : $"complexity {value} {comparison} {bar} ({string.Join(' ', NamesOf(score))})";
    }

    private static IEnumerable<string> NamesOf(ComplexityScore score)
    {
        for (var i = 0; i < ComplexityScore.MostFeatures; i++)
        {
            if (score[i] is { Name: { } name, Weight: var weight })
                yield return (weight < 0 ? "-" : "+") + name;
        }
    }
}
