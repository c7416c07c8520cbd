using Gateway.Routing.Health;

namespace Gateway.Dispatch.Resume;

/// <summary>Whether a stream leaves a replica that is going away, or still comes to its end there.</summary>
internal static class DrainRule
{
    /// <summary>Tokens of an answer whose request sets no limit; vLLM's own benchmarks of chat traffic have some 200 to 500 on average.</summary>
    private const int TypicalTokens = 512;

    /// <summary>How often a stream looks again whether it has to leave: so its turn comes soon after another one's prefill.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <param name="notice">What is known of the end.</param>
    /// <param name="since">Time since the notice.</param>
    /// <param name="gap">Time between two tokens; zero when nobody knows.</param>
    /// <param name="generated">Tokens so far.</param>
    /// <param name="limit">Most tokens; null without a limit.</param>
    public static bool MustLeave(DrainNotice notice, TimeSpan since, TimeSpan gap, int generated, int? limit)
    {
        if (notice.Left is not { } left)
            return true;
        var expected = limit is { } most ? most - generated : Math.Max(TypicalTokens - generated, TypicalTokens / 4);
        return gap * Math.Max(1, expected) > left - since;
    }
}
