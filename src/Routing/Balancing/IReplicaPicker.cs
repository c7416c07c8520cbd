namespace Gateway.Routing.Balancing;

/// <summary>Picks one replica out of those that may serve a request.</summary>
public interface IReplicaPicker
{
    /// <summary>Picks one of <paramref name="candidates"/>, which is never empty.</summary>
    Replica Pick(ReadOnlySpan<Replica> candidates, PickRequest request);
}
