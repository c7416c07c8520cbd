using Gateway.Hosting;
using Gateway.Routing;
using Gateway.Telemetry;

namespace Gateway.Upstream;

/// <summary>Asks every replica for its health, a newcomer at once and then at its pool's interval, and tells the replica what came back.</summary>
/// <remarks>
/// Any answer below 500 counts as reached: a draining vLLM says 200, a provider may know no such path. A probe can only rule
/// a replica out; whether it really answers is learned from requests. Metrics that were just read show that the replica is there, so that
/// no probe asks again; only now and then, since a server may outlive its engine and go on telling metrics.
/// </remarks>
public sealed class ReplicaProber(LiveBlueprint live, TimeProvider time, ILogger<ReplicaProber> log)
{
    /// <summary>Of so many probes that are due one is sent however fresh the metrics are.</summary>
    private const int Spared = 5;

    private readonly Dictionary<Replica, Probe> _probes = [];

    /// <summary>Starts the probes that are due and waits for none, so that a silent replica delays nobody else's.</summary>
    public void StartThoseDue(CancellationToken stopping)
    {
        var members = 0;
        var blueprint = live.Current;
        foreach (var upstream in blueprint.Upstreams)
        {
            var replicas = upstream.Pool.Replicas;
            members += replicas.Length;
            foreach (var replica in replicas)
            {
                if (IsDue(replica, upstream.Options.Probe.Interval))
                    _probes[replica] = new Probe(time.GetTimestamp(), ProbeAsync(upstream, replica, stopping));
            }
        }

        if (_probes.Count > members)
            ForgetThoseGone(blueprint);
    }

    /// <summary>Waits for the probes that are under way.</summary>
    public Task EndAsync() => Task.WhenAll(_probes.Values.Select(probe => probe.Running));

    private bool IsDue(Replica replica, TimeSpan interval)
    {
        if (!_probes.TryGetValue(replica, out var last))
            return true;
        if (!last.Running.IsCompleted)
            return false;
        var since = time.GetElapsedTime(last.StartedAt);
        // A scrape that went unanswered asks for a probe at once; a replica that stays silent, at the interval as ever.
        if (replica.IsDoubted && replica.IsReachable)
            return true;
        return since >= interval && (since >= interval * Spared || !replica.WasSeenWithin(interval));
    }

    private void ForgetThoseGone(Blueprint blueprint)
    {
        var members = blueprint.Upstreams.SelectMany(upstream => upstream.Pool.Replicas).ToHashSet();
        foreach (var (replica, probe) in _probes)
        {
            if (probe.Running.IsCompleted && !members.Contains(replica))
                _probes.Remove(replica);
        }
    }

    private async Task ProbeAsync(UpstreamPool upstream, Replica replica, CancellationToken stopping)
    {
        var reached = await IsReachedAsync(upstream, replica, stopping);
        if (reached != replica.IsReachable)
            log.ReplicaProbed(replica.Name, upstream.Pool.Name, reached ? "back" : "unreachable");
        replica.Probed(reached);
    }

    private static async Task<bool> IsReachedAsync(UpstreamPool upstream, Replica replica, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(upstream.Options.Probe.Timeout);
        using var request = new HttpRequestMessage(HttpMethod.Get, replica.Paths.Of(upstream.Options.Probe.Path));
        if (upstream.Connections.Authorization is { } authorization)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        try
        {
            using var response = await upstream.Connections.Invoker.SendAsync(request, limit.Token);
            return (int)response.StatusCode < 500;
        }
#pragma warning disable CA1031 // However a probe fails, it has not reached the replica; and an exception here would end the service.
        catch (Exception)
#pragma warning restore CA1031 // Elsewhere only named exceptions are caught.
        {
            return stopping.IsCancellationRequested && replica.IsReachable;
        }
    }

    private readonly record struct Probe(long StartedAt, Task Running);
}
