namespace Gateway.Routing.Balancing;

/// <summary><c>least_busy</c>: of two replicas drawn at random, the one with less in flight.</summary>
/// <remarks>
/// Two random choices come within a constant of the true minimum, and do not send every gateway's next request to the same
/// replica (Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", 2001).
/// </remarks>
public sealed class LeastBusyPicker(Random chance) : IReplicaPicker
{
    public Choice Pick(ReadOnlySpan<Replica> candidates, in PickRequest request)
    {
        if (candidates.Length == 1)
            return candidates[0];
        var first = chance.Next(candidates.Length);
        var second = chance.Next(candidates.Length - 1);
        if (second >= first)
            second++;
        return candidates[second].InFlight < candidates[first].InFlight ? candidates[second] : candidates[first];
    }
}
