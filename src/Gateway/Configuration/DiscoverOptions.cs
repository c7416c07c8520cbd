using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Gateway.Configuration;

/// <summary>Where a pool's replicas are found while the gateway runs: one of <c>dns</c> and <c>kubernetes</c>.</summary>
[OneOf(nameof(Dns), nameof(Kubernetes))]
public sealed record DiscoverOptions
{
    [Description("A name whose addresses are the replicas; asked for again whenever its records expire.")]
    public string? Dns { get; init; }

    [Description("Port of the replicas that dns finds; not with srv, whose records name the ports.")]
    [Range(1, 65535)]
    public int? Port { get; init; }

    [Description("Whether dns is the name of a service, such as _http._tcp.vllm-slm.ai-inference.svc, whose SRV records name hosts and ports.")]
    public bool Srv { get; init; }

    [Description("DNS server that is asked, as IP:PORT. Absent: the system's, with its search list.")]
    public string? Resolver { get; init; }

    [Description("A service of Kubernetes, whose EndpointSlices are watched.")]
    public KubernetesOptions? Kubernetes { get; init; }
}

/// <summary>A service of Kubernetes whose endpoints are the replicas.</summary>
public sealed record KubernetesOptions
{
    [Description("Name of the service.")]
    public required string Service { get; init; }

    [Description("Namespace of the service.")]
    public required string Namespace { get; init; }

    [Description("Port that the pods serve on; the service's own port plays no part.")]
    [Range(1, 65535)]
    public required int Port { get; init; }

    [Description("File that says how to reach the cluster. Absent: the pod's service account, or outside a cluster ~/.kube/config.")]
    public string? Kubeconfig { get; init; }
}
