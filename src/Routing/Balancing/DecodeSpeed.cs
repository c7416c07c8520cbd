namespace Gateway.Routing.Balancing;

/// <summary>How fast a replica generates, learned, and what one more request there therefore costs. Not safe for threads; its owner locks.</summary>
/// <remarks>
/// The slope of the gap over the number of requests would say it outright, but between replicas that are alike it came out so differently in
/// bench/Fleet that unique prompts waited five times as long at the 99th percentile. The gap itself is steady, longer at a slower replica, and
/// longer at one with more to do, which evens itself out.
/// </remarks>
internal sealed class DecodeSpeed
{
    /// <summary>Seconds between two tokens, and tokens of an answer, before any was seen.</summary>
    public const double FirstGap = 0.0125, FirstAnswer = 200;

    /// <summary>
    /// What a request costs, of the time a usual answer takes: it makes every step of the batch longer, and all others wait for that until it has
    /// ended. With the first values it comes to 0.01 s. Of 0.0005 to 0.02 s, bench/Fleet's agents get most done from 0.01 on; chats and unique prompts
    /// begin later from 0.02 on, hence also the bounds.
    /// </summary>
    public const double Share = 0.004, Least = 0.002, Most = 0.05;

    /// <summary>How much one observation counts: about the last two hundred decide.</summary>
    private const double Step = 0.005;

    private double _gap = FirstGap;
    private double _answer = FirstAnswer;

    /// <summary>Seconds that each request there costs a new one.</summary>
    public double SecondsPerRequest => Math.Clamp(Share * _gap * _answer, Least, Most);

    /// <summary>An answer ended while tokens came at this distance.</summary>
    public void Saw(TimeSpan gap) => _gap += Step * (gap.TotalSeconds - _gap);

    /// <summary>An answer had so many tokens.</summary>
    public void Answered(int tokens) => _answer += Step * (tokens - _answer);
}
