using k8s;

namespace Gateway.Upstream.Discovery.Kubernetes;

/// <summary>How the gateway reaches the API server.</summary>
internal static class Cluster
{
    /// <summary>A client; nothing is sent yet.</summary>
    /// <param name="kubeconfig">A file that says how; null: the pod's service account, or outside a cluster the user's own file.</param>
    public static k8s.Kubernetes Connect(string? kubeconfig)
    {
        var config = kubeconfig is null && KubernetesClientConfiguration.IsInCluster()
            ? KubernetesClientConfiguration.InClusterConfig()
            : KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig);
        return new k8s.Kubernetes(config);
    }
}
