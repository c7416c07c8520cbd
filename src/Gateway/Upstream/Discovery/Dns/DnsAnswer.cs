namespace Gateway.Upstream.Discovery.Dns;

/// <summary>What a name stood for.</summary>
/// <param name="Replicas">None when the lookup failed: a name without records is a failed lookup too.</param>
/// <param name="Ttl">How long that holds, by the shortest-lived record.</param>
/// <param name="Failure">Why nothing was found; null when something was.</param>
public readonly record struct DnsAnswer(IReadOnlyList<FoundReplica> Replicas, TimeSpan Ttl, string? Failure);
