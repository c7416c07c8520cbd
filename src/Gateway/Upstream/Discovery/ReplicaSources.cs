using System.Net;
using Gateway.Configuration;
using Gateway.Upstream.Discovery.Dns;
using Gateway.Upstream.Discovery.Kubernetes;

namespace Gateway.Upstream.Discovery;

/// <summary>Makes the source that a pool's <c>discover</c> asks for.</summary>
public sealed class ReplicaSources(TimeProvider time, Random chance)
{
    public IReplicaSource Create(DiscoverOptions discover)
    {
        if (discover.Kubernetes is { } kubernetes)
            return new KubernetesSource(kubernetes, time, chance);
        var server = discover.Resolver is { } resolver ? IPEndPoint.Parse(resolver) : null;
        return new DnsSource(discover, new DnsResolver(server), time, chance);
    }

    /// <summary>What is looked up, in a few words for the log.</summary>
    public static string Describe(DiscoverOptions discover) =>
        discover.Kubernetes is { } kubernetes ? $"EndpointSlices of service {kubernetes.Namespace}/{kubernetes.Service}"
        : discover.Srv ? $"SRV records of {discover.Dns}"
        : $"addresses of {discover.Dns}";
}
