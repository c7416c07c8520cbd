namespace Gateway.Routing.Balancing;

/// <summary>Picks one replica out of those that may serve a request.</summary>
public interface IReplicaPicker
{
    /// <summary>Whether it looks at <see cref="PickRequest.Blocks"/>; where no picker does, nobody works them out.</summary>
    bool ReadsPrefix => false;

    /// <summary>Picks one of <paramref name="candidates"/>, which is never empty.</summary>
    /// <remarks>Candidates change from call to call: what a picker knows of a replica is kept by the replica, and goes with it.</remarks>
    Choice Pick(ReadOnlySpan<Replica> candidates, in PickRequest request);
}
