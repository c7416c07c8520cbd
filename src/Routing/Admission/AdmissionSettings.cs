namespace Gateway.Routing.Admission;

/// <summary>How many requests a pool takes at once, and how many may wait.</summary>
/// <param name="IsOn">Off: requests are counted, none waits and none is turned away.</param>
/// <param name="InFlightPerReplica">The most in flight at one replica; null leaves all of it to what is learned.</param>
/// <param name="Queue">The most that wait.</param>
/// <param name="QueueTimeout">The longest that one waits.</param>
/// <param name="BatchPriority">From this priority on a request is batch traffic, which yields to people.</param>
/// <param name="BatchShare">The pool must be emptier than this share of its capacity for batch traffic to enter, in (0, 1].</param>
public sealed record AdmissionSettings(
    bool IsOn, int? InFlightPerReplica, int Queue, TimeSpan QueueTimeout, int BatchPriority, double BatchShare);
