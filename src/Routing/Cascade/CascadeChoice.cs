using Gateway.Routing.Complexity;
using Gateway.Routing.Thresholds;

namespace Gateway.Routing.Cascade;

/// <summary>How a cascade chooses where to start.</summary>
/// <param name="Scorer">Says how much a prompt would gain from the large pool.</param>
/// <param name="Threshold">Says which scores are enough.</param>
public sealed record CascadeChoice(IComplexityScorer Scorer, IThreshold Threshold)
{
    /// <summary>How the smaller pools' answers are judged before anyone sees them; null when they are not.</summary>
    public VerifySettings? Verify { get; init; }
}
