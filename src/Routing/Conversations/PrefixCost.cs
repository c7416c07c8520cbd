namespace Gateway.Routing.Conversations;

/// <summary>Says whether a conversation that a large pool serves should go down to a small one, whose replicas hold none of it yet.</summary>
/// <remarks>
/// Staying costs the large pool's price on a warm prefix; going costs the small pool's on a cold one, and, should a later turn be
/// hard again, the large pool's on a prefix gone cold. Without prices the prefix alone speaks, and only margins count.
/// </remarks>
public static class PrefixCost
{
    /// <summary>How far below the bar, in quantile points, a score must be before going down is considered at all.</summary>
    public const double Margin = 0.10;

    /// <summary>
    /// How far below, for a conversation whose prefix is long or whose pools have no price: with a share of 30 % a score from the
    /// lower half of the traffic.
    /// </summary>
    public const double WideMargin = 0.20;

    /// <summary>Generated tokens a turn is taken to have.</summary>
    private const double Completion = 300;

    /// <summary>Prefix from which a cold start is felt, in tokens; an estimate: a third of a second at 25,000 tokens of prefill a second.</summary>
    private const int LongPrefix = 8000;

    /// <summary>Whether a turn that scored below the bar goes down.</summary>
    /// <param name="below">How far below the bar the score is, in quantile points.</param>
    /// <param name="prefix">Tokens of the conversation so far, estimated.</param>
    /// <param name="comesBack">Chance that a later turn is hard again, in [0, 1].</param>
    /// <param name="small">The small pool's price; null when unknown.</param>
    /// <param name="large">The large pool's price; null when unknown.</param>
    public static bool IsWorthGoing(double below, int prefix, double comesBack, TokenPrice? small, TokenPrice? large)
    {
        if (below < Margin)
            return false;
        if (small is not { } low || large is not { } high)
            return below >= (prefix < LongPrefix ? Margin : WideMargin);
        var stay = high.Of(prefix, prefix, Completion);
        var go = low.Of(prefix, 0, Completion) + (comesBack * (high.Of(prefix, 0, 0) - high.Of(prefix, prefix, 0)));
        return go < stay || below >= WideMargin;
    }
}
