using Gateway.Protocol;
using Gateway.Routing.Cascade;
using Gateway.Upstream;

namespace Gateway.Dispatch.Verification;

/// <summary>An answer that was too weak to show, so that a larger pool was asked.</summary>
/// <param name="From">The pool that gave it.</param>
/// <param name="Judgement">What was wrong with it.</param>
/// <param name="Probe">
/// The tokens it took. Of an answer that was broken off the upstream gives no count: the prompt is then estimated from its bytes, the
/// generated tokens are those that arrived.
/// </param>
public sealed record Escalation(UpstreamPool From, Judgement Judgement, Usage Probe)
{
    /// <summary>USD for the tokens; 0 when the pool has no price.</summary>
    public decimal Cost => From.CostOf(Probe) ?? 0;
}
