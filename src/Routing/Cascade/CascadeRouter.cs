using System.Collections.Immutable;
using Gateway.Routing.Complexity;
using Gateway.Routing.Conversations;
using Gateway.Routing.Learning;
using Gateway.Routing.Thresholds;

namespace Gateway.Routing.Cascade;

/// <summary>Turns a route and a prompt into a plan: the complexity decides where a cascade starts.</summary>
/// <remarks>
/// A conversation goes up freely and comes down only when that is worth a cold prefix. Errands of a coding agent start small
/// whatever they score; an agent that goes in circles starts large.
/// </remarks>
public sealed class CascadeRouter(ConversationMemory memory, LiveCorrections? corrections = null)
{
    /// <summary>Plans for one prompt.</summary>
    /// <param name="route">What was asked for.</param>
    /// <param name="prompt">What it is judged by.</param>
    /// <param name="conversation">The conversation it is a turn of; null when that is not known.</param>
    /// <param name="pad">Where the prompt's sketch is left; null when nobody will learn from it.</param>
    public RoutePlan Plan(ModelRoute route, in Prompt prompt, ConversationKey? conversation = null, SketchPad? pad = null)
    {
        if (route.Choice is not { } choice)
            return Fit(new RoutePlan(route.OrderFrom(0), "model"), prompt.EstimatedTokens);
        if (prompt.Kind == AskKind.Housekeeping)
            return Fit(new RoutePlan(route.OrderFrom(0), "housekeeping starts small"), prompt.EstimatedTokens);

        var score = ScoreOf(route.Name, choice.Scorer, prompt, conversation, pad);
        var hold = HoldOf(route, choice.Threshold, score.Value, prompt, conversation);
        var verdict = choice.Threshold.Decide(score.Value, isHeld: hold is not null);
        var start = verdict.IsHard ? route.Cascade.Length - 1 : 0;
        var reason = RouteReason.Of(score, verdict, hold);
        var whole = new RoutePlan(route.OrderFrom(start), reason, score.Value, verdict.Quantile)
        {
            Verify = choice.Verify?.For(score.Value),
            Hedges = IsNear(verdict, score.Value, choice.Verify?.HedgeMargin),
        };
        var plan = Fit(whole, prompt.EstimatedTokens);
        if (conversation is { } key)
            memory.Remember(key, Math.Max(start, route.Cascade.IndexOf(plan.Pools[0])));
        return plan;
    }

    /// <summary>A plan without a prompt to judge, for routes whose body is passed through: the small pool first.</summary>
    public static RoutePlan PlanUnscored(ModelRoute route) =>
        new(route.OrderFrom(0), route.Choice is null ? "model" : "unscored, cascade starts small");

    /// <summary>A plan of pools that were named for it, less those whose context the prompt would overflow.</summary>
    public static RoutePlan PlanRuled(ImmutableArray<Pool> pools, string reason, int promptTokens) =>
        Fit(new RoutePlan(pools, reason), promptTokens);

    /// <summary>The small model's answer was given up: the share is spent, and the conversation's next turn starts larger.</summary>
    public void NoteEscalation(ModelRoute route, Pool to, ConversationKey? conversation)
    {
        route.Choice?.Threshold.NoteEscalation();
        if (conversation is { } key && route.Cascade.IndexOf(to) is var start and >= 0)
            memory.Remember(key, start);
    }

    /// <summary>The score, corrected by what this model's own outcomes have taught.</summary>
    private ComplexityScore ScoreOf(string scope, IComplexityScorer scorer, in Prompt prompt, ConversationKey? conversation, SketchPad? pad)
    {
        if (scorer is not ICorrectableScorer correctable)
            return scorer.Score(prompt);
        var correction = corrections?.Of(scope).Of(conversation);
        return correctable.Score(prompt, correction?.Mark.Artefact == correctable.Artefact ? correction : null, pad);
    }

    /// <summary>Why the large pool answers although the score is too low for it; null when it does not.</summary>
    private string? HoldOf(ModelRoute route, IThreshold threshold, double score, in Prompt prompt, ConversationKey? conversation)
    {
        if (prompt.Kind == AskKind.Stuck)
            return "the agent is stuck";
        if (conversation is not { } key || memory.Recall(key) != route.Cascade.Length - 1)
            return null;
        var verdict = threshold.Look(score);
        if (verdict.IsHard)
            return null;
        var below = verdict.Bar - (verdict.Quantile ?? score);
        var comesBack = verdict.Quantile is null ? 0.5 : 1 - verdict.Bar;
        return PrefixCost.IsWorthGoing(below, prompt.EstimatedTokens, comesBack, route.Cascade[0].Price, route.Cascade[^1].Price)
            ? null
            : "the conversation stays";
    }

    /// <summary>Whether the score falls short of the bar by no more than the margin; not where something else decided, such as a share that is spent.</summary>
    private static bool IsNear(ThresholdVerdict verdict, double score, double? margin) =>
        !verdict.IsHard && verdict.Cause == ThresholdCause.Score && verdict.Bar - (verdict.Quantile ?? score) <= margin;

    /// <summary>Leaves out pools whose context the prompt alone would overflow, unless no pool would be left.</summary>
    private static RoutePlan Fit(RoutePlan plan, int promptTokens)
    {
        if (Fits(plan.Pools, promptTokens))
            return plan;
        var fitting = plan.Pools.RemoveAll(pool => pool.ContextTokens < promptTokens);
        if (fitting.IsEmpty)
            return plan;
        var moved = fitting[0] == plan.Pools[0] ? plan.Reason : $"{plan.Reason}; ~{promptTokens} tokens exceed {plan.Pools[0].Name}";
        return plan with { Pools = fitting, Reason = moved, Hedges = plan.Hedges && fitting[0] == plan.Pools[0] };
    }

    private static bool Fits(ImmutableArray<Pool> pools, int promptTokens)
    {
        foreach (var pool in pools)
        {
            if (pool.ContextTokens < promptTokens)
                return false;
        }

        return true;
    }
}
