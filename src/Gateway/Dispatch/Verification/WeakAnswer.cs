using Gateway.Routing;

namespace Gateway.Dispatch.Verification;

/// <summary>A weak answer that is complete, kept until a larger pool has answered: if none can, it is better than an error.</summary>
/// <param name="Answer">The answer; its replica is done with it.</param>
/// <param name="Escalation">What was wrong with it.</param>
/// <param name="Replica">Where it came from.</param>
public sealed record WeakAnswer(DispatchedAnswer Answer, Escalation Escalation, Replica Replica);
