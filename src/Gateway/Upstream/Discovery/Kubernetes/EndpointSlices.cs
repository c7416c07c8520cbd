using k8s.Models;

namespace Gateway.Upstream.Discovery.Kubernetes;

/// <summary>The EndpointSlices of one service, kept as a watch reports them, and the replicas that they speak of.</summary>
/// <remarks>
/// <c>serving</c> and <c>terminating</c> decide, not <c>ready</c>: a service may publish addresses that are not ready, and then
/// <c>ready</c> is always true. A condition that is not given counts as the API says: serving as ready, ready as true, terminating
/// as false (https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#conditions).
/// </remarks>
internal sealed class EndpointSlices(int port)
{
    private readonly Dictionary<string, V1EndpointSlice> _slices = [];

    /// <summary>Replaces all slices, as listed.</summary>
    public void Become(IEnumerable<V1EndpointSlice> slices)
    {
        _slices.Clear();
        foreach (var slice in slices)
            Put(slice);
    }

    public void Put(V1EndpointSlice slice) => _slices[slice.Metadata.Name] = slice;

    public void Remove(V1EndpointSlice slice) => _slices.Remove(slice.Metadata.Name);

    /// <summary>Every endpoint that serves or is leaving. A service with both address families names each pod twice: IPv4 is taken then.</summary>
    public IReadOnlyList<FoundReplica> Find()
    {
        var family = _slices.Values.Any(slice => slice.AddressType == "IPv4") ? "IPv4" : "IPv6";
        var found = new Dictionary<string, FoundReplica>();
        foreach (var slice in _slices.Values.Where(slice => slice.AddressType == family))
        {
            foreach (var endpoint in slice.Endpoints ?? [])
                Add(found, endpoint);
        }

        return [.. found.Values];
    }

    /// <summary>An endpoint may stand in two slices while it moves from one to the other; what is not leaving counts.</summary>
    private void Add(Dictionary<string, FoundReplica> found, V1Endpoint endpoint)
    {
        // All addresses of one endpoint lead to the same pod.
        if (endpoint.Addresses is not [var address, ..])
            return;
        var isLeaving = endpoint.Conditions?.Terminating ?? false;
        var isServing = endpoint.Conditions?.Serving ?? endpoint.Conditions?.Ready ?? true;
        if (isLeaving ? !found.ContainsKey(address) : isServing)
            found[address] = FoundReplica.At(address, port, isLeaving);
    }
}
