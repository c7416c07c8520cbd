using Gateway.Protocol;
using Gateway.Upstream;

namespace Gateway.Dispatch.Hedging;

/// <summary>What became of a hedge.</summary>
/// <param name="From">The smaller pool, whose answer it stood by for.</param>
/// <param name="To">The larger pool it asked.</param>
/// <param name="Spent">
/// The tokens of a hedge that was given up. Of one that was broken off the upstream gives no count: the prompt is then estimated from
/// its bytes, the generated tokens are those that arrived. Null when it was taken, or had failed.
/// </param>
public sealed record HedgeOutcome(UpstreamPool From, UpstreamPool To, Usage? Spent)
{
    /// <summary>USD for the tokens; 0 when there are none, or the pool has no price.</summary>
    public decimal Cost => Spent is { } spent ? To.CostOf(spent) ?? 0 : 0;

    /// <summary>Whose answer was shown: <c>small</c>, <c>large</c>, or <c>none</c> of the two.</summary>
    /// <param name="answeredBy">The pool that answered; null when none did.</param>
    public string WonBy(UpstreamPool? answeredBy) => answeredBy == To ? "large" : answeredBy == From ? "small" : "none";
}
