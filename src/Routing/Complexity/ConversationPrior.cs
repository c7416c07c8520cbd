namespace Gateway.Routing.Complexity;

/// <summary>What the conversation around an ask adds to its logit. Set by hand and small: the labelled data are single turns.</summary>
/// <remarks>
/// All sizes together move a score of 0.5 to 0.57 at most, so that they decide between like asks and never over an ask. The kinds of turn are rules:
/// an agent's own errand goes to the small model whatever it quotes, an agent in circles goes up.
/// </remarks>
internal static class ConversationPrior
{
    private const float History = 0.1f;
    private const float ToolResults = 0.1f;
    private const float Attachments = 0.1f;
    private const float Housekeeping = -6;
    private const float Stuck = 2;

    /// <summary>Bytes of earlier turns that count half.</summary>
    private const float HalfHistory = 20_000;

    /// <summary>Results of tools that count half.</summary>
    private const float HalfToolResults = 8;

    public static float LogitOf(in Prompt prompt, ref ComplexityScore.TopFeatures top)
    {
        var history = History * prompt.HistoryBytes / (prompt.HistoryBytes + HalfHistory);
        var results = ToolResults * prompt.ToolResults / (prompt.ToolResults + HalfToolResults);
        var attachments = prompt.Attachments > 0 ? Attachments : 0;
        top.Offer(new ComplexityScore.Feature("history", history));
        top.Offer(new ComplexityScore.Feature("tool-results", results));
        top.Offer(new ComplexityScore.Feature("attachments", attachments));
        var kind = prompt.Kind switch
        {
            AskKind.Housekeeping => Housekeeping,
            AskKind.Stuck => Stuck,
            _ => 0,
        };
        if (kind != 0)
            top.Offer(new ComplexityScore.Feature(kind < 0 ? "housekeeping" : "stuck", kind));
        return history + results + attachments + kind;
    }
}
