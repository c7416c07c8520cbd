namespace Gateway.Routing.Balancing;

/// <summary>How fast a replica reads prompts, learned from first-token times. Not safe for threads; its owner locks.</summary>
/// <remarks>
/// An observation is the tokens that were queued when a request was sent, its own included, over the time to its first token: first come, first
/// served, so all of them were read by then. A wait for anything else, such as room in the cache, makes it too low and never too high, hence
/// quickly up and slowly down.
/// </remarks>
internal sealed class ReplicaSpeed
{
    /// <summary>Before anything is known: 15,928 tokens a second, llm-d's constant for a 32B model on two H100, rounded.</summary>
    public const double First = 15_000;

    /// <summary>Fewer tokens say more about the network and the step under way than about reading: below this a step of vLLM is mostly decode.</summary>
    public const int FewestTokens = 1_024;

    private const double Slowest = 100, Fastest = 1_000_000;
    private const double Up = 0.2, Down = 0.05;

    /// <summary>Prompt tokens a second.</summary>
    public double TokensPerSecond { get; private set; } = First;

    /// <summary>Uncached tokens of a usual request, for those of others that a scrape counts: vLLM tells only how many they are.</summary>
    public double UsualTokens { get; private set; } = 1_024;

    /// <summary>Answers that have begun.</summary>
    public long Begun { get; private set; }

    /// <summary>Whether anything was learned.</summary>
    private bool IsKnown { get; set; }

    public void Prefilled(long tokens, TimeSpan took)
    {
        Begun++;
        if (tokens < FewestTokens || took <= TimeSpan.Zero)
            return;
        var seen = Math.Clamp(tokens / took.TotalSeconds, Slowest, Fastest);
        TokensPerSecond = IsKnown ? TokensPerSecond + ((seen > TokensPerSecond ? Up : Down) * (seen - TokensPerSecond)) : seen;
        IsKnown = true;
    }

    /// <summary>A request with so many uncached tokens is sent.</summary>
    public void Sent(int tokens) => UsualTokens += Down * (tokens - UsualTokens);
}
