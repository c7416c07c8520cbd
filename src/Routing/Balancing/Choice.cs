namespace Gateway.Routing.Balancing;

/// <summary>The replica a picker picked, and what it expects there.</summary>
public readonly record struct Choice(Replica Replica, Forecast Forecast = default)
{
    public static implicit operator Choice(Replica replica) => new(replica);
}
