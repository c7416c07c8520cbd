using Gateway.Routing;
using Gateway.Upstream;

namespace Gateway.Dispatch;

/// <summary>One try at one replica.</summary>
/// <param name="Pool">The pool it belongs to.</param>
/// <param name="Replica">Where it went.</param>
/// <param name="Fault">Why it gave no answer; null when it did.</param>
/// <param name="Took">From sending to the first token, to the whole answer, or to the fault.</param>
public sealed record Attempt(Pool Pool, Replica Replica, UpstreamFault? Fault, TimeSpan Took);
