using Gateway.Protocol;
using Gateway.Routing;

namespace Gateway.Upstream;

/// <summary>Everything one attempt sends.</summary>
/// <param name="To">The pool.</param>
/// <param name="Replica">The replica picked for this attempt.</param>
/// <param name="Body">The caller's bytes with this pool's model spliced in.</param>
/// <param name="IsStream">Whether the answer comes as events.</param>
/// <param name="Headers">What is passed on of the caller's headers.</param>
public sealed record UpstreamCall(UpstreamPool To, Replica Replica, RequestSplice Body, bool IsStream, PassedHeaders Headers)
{
    /// <summary>Where it goes at the replica; null for its chat.</summary>
    public Uri? Address { get; init; }
}

/// <summary>The few headers of the caller's that go upstream on the chat path; all others stay here.</summary>
/// <param name="RequestId">Becomes part of the answer's id at vLLM, so both logs can be read together.</param>
/// <param name="TraceParent">W3C trace context.</param>
/// <param name="TraceState">W3C trace context.</param>
public readonly record struct PassedHeaders(string RequestId, string? TraceParent, string? TraceState);
