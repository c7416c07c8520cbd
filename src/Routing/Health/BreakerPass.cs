namespace Gateway.Routing.Health;

/// <summary>A breaker's answer to "may this request go there".</summary>
public enum BreakerPass
{
    /// <summary>No.</summary>
    Refused,

    /// <summary>Yes, the breaker is closed.</summary>
    Normal,

    /// <summary>Yes, as the one request that finds out whether the replica is back.</summary>
    Trial,

    /// <summary>The breaker says no, and the request goes all the same because it has nowhere else to go.</summary>
    Forced,
}
