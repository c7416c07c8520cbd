using System.Net;
using Gateway.Configuration;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Gateway.Upstream.Discovery.Kubernetes;

/// <summary>Follows the EndpointSlices of a service: one list, then watches that each go on where the last one ended.</summary>
/// <remarks>
/// Bookmarks keep the version fresh while nothing changes. A version that the API server no longer has (410 Gone) is answered by a new
/// list; any other break by a new watch from the same version, after a pause. This and its neighbours alone know the client library,
/// whose 12 MB are thus loaded only where a pool asks for them.
/// </remarks>
internal sealed class KubernetesSource(KubernetesOptions options, TimeProvider time, Random chance) : IReplicaSource
{
    /// <summary>How long a watch is asked to last, so that a connection that died unnoticed is not waited on for ever; the server ends it.</summary>
    private static readonly TimeSpan WatchFor = TimeSpan.FromMinutes(5);

    /// <summary>How much later we end it ourselves.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>A watch that ended sooner and said nothing is a failure: followed at once by the next, it would be a busy loop.</summary>
    private static readonly TimeSpan ShortestWatch = TimeSpan.FromSeconds(1);

    private readonly EndpointSlices _slices = new(options.Port);
    private readonly Backoff _backoff = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30), chance);

    /// <summary>Where the next watch goes on; null when a list is due.</summary>
    private string? _version;

    public async Task RunAsync(IFindings findings, CancellationToken stopping)
    {
        k8s.Kubernetes? client = null;
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                try
                {
                    client ??= Cluster.Connect(options.Kubeconfig);
                    if (await FollowAsync(client, findings, stopping) is not { } failure)
                        continue;
                    findings.Failed(failure);
                }
#pragma warning disable CA1031 // However the API server fails, the members known stay and the source tries again.
                catch (Exception exception)
#pragma warning restore CA1031 // Elsewhere only named exceptions are caught.
                {
                    if (stopping.IsCancellationRequested)
                        return;
                    if (IsGone(exception))
                        _version = null;
                    findings.Failed(exception.Message);
                }

                await Task.Delay(_backoff.Next(), time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            client?.Dispose();
        }
    }

    /// <summary>Lists if that is due, then watches once.</summary>
    /// <returns>What went wrong; null when the watch ended as it should.</returns>
    private async Task<string?> FollowAsync(k8s.Kubernetes client, IFindings findings, CancellationToken stopping)
    {
        var isListed = _version is null;
        if (isListed)
        {
            var list = await client.DiscoveryV1.ListNamespacedEndpointSliceAsync(options.Namespace, labelSelector: Selector, cancellationToken: stopping);
            _slices.Become(list.Items);
            _version = list.Metadata.ResourceVersion;
            findings.Found(_slices.Find());
        }

        var startedAt = time.GetTimestamp();
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        watching.CancelAfter(WatchFor + Grace);
        Exception? fault = null;
        var heard = false;
        var events = client.DiscoveryV1.WatchListNamespacedEndpointSliceAsync(
            options.Namespace,
            allowWatchBookmarks: true,
            labelSelector: Selector,
            resourceVersion: _version,
            timeoutSeconds: (int)WatchFor.TotalSeconds,
            onError: error => fault ??= error,
            cancellationToken: watching.Token);
        await foreach (var (kind, slice) in events)
        {
            // After an error the watch has missed something, so what follows may not stand on it.
            if (fault is not null)
                break;
            heard = true;
            _backoff.Reset();
            Take(kind, slice, findings);
        }

        if (fault is not null && IsGone(fault))
        {
            _version = null;
            return isListed && !heard ? "the version that was just listed is too old to be watched" : null;
        }

        return fault?.Message
            ?? (heard || time.GetElapsedTime(startedAt) >= ShortestWatch ? null : "the watch ended as soon as it had begun");
    }

    private string Selector => $"kubernetes.io/service-name={options.Service}";

    private void Take(WatchEventType kind, V1EndpointSlice slice, IFindings findings)
    {
        _version = slice.Metadata.ResourceVersion;
        switch (kind)
        {
            case WatchEventType.Added or WatchEventType.Modified:
                _slices.Put(slice);
                break;
            case WatchEventType.Deleted:
                _slices.Remove(slice);
                break;
            default:
                // A bookmark: nothing but the version.
                return;
        }

        findings.Found(_slices.Find());
    }

    /// <summary>Whether the API server no longer knows the version: as the status of the answer, or as an event of the watch.</summary>
    private static bool IsGone(Exception exception) => exception switch
    {
        HttpOperationException http => http.Response.StatusCode == HttpStatusCode.Gone,
        KubernetesException status => status.Status?.Code == (int)HttpStatusCode.Gone,
        _ => false,
    };
}
