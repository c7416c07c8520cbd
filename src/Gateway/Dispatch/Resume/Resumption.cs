using Gateway.Upstream;

namespace Gateway.Dispatch.Resume;

/// <summary>What came of trying to go on with a stream: another leg of it, its end, or nothing.</summary>
/// <param name="Leg">What another replica says from here on.</param>
/// <param name="Finish">Nothing is left to generate; why the answer ends.</param>
/// <param name="Fault">Why it cannot go on.</param>
public readonly record struct Resumption(ResumedLeg? Leg, string? Finish, UpstreamFault? Fault)
{
    public static Resumption Failed(UpstreamFault fault) => new(null, null, fault);

    public static Resumption Ended(string reason) => new(null, reason, null);
}

/// <summary>A stream's further leg, at another replica.</summary>
/// <param name="Answer">Its answer, at the first frame.</param>
/// <param name="Mechanism">How it was made to go on.</param>
/// <param name="Seam">What is to be watched for where the legs meet.</param>
/// <param name="Before">Tokens that were generated before it.</param>
public sealed record ResumedLeg(DispatchedAnswer Answer, Mechanism Mechanism, Seam Seam, int Before)
{
    /// <summary>It is raw text, and tells thought from answer; null when the upstream does.</summary>
    public ThoughtSplit? Thought { get; init; }

    /// <summary>Its thought ends it, for what follows is not only text.</summary>
    public bool EndsWithThought { get; init; }

    /// <summary>The caller wants the ids of its tokens.</summary>
    public bool TellsIds { get; init; }
}
