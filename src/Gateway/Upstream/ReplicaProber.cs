using Gateway.Hosting;
using Gateway.Routing;
using Gateway.Telemetry;

namespace Gateway.Upstream;

/// <summary>Asks every replica for its health at its pool's interval and tells the replica what came back.</summary>
/// <remarks>
/// Any answer below 500 counts as reached: a draining vLLM says 200, a provider may know no such path. A probe can only rule
/// a replica out; whether it really answers is learned from requests.
/// </remarks>
public sealed class ReplicaProber(LiveBlueprint live, TimeProvider time, ILogger<ReplicaProber> log) : BackgroundService
{
    /// <summary>How often pools are looked at for being due; bounds how exact an interval can be.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<string, long> _probedAt = [];

    /// <summary>Whether every replica has been asked once.</summary>
    public bool HasRun { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        do
        {
            var due = live.Current.Upstreams.Where(IsDue).ToList();
            await Task.WhenAll(due.SelectMany(upstream => upstream.Pool.Replicas, (upstream, replica) => ProbeAsync(upstream, replica, stoppingToken)));
            HasRun = true;
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private bool IsDue(UpstreamPool upstream)
    {
        var now = time.GetTimestamp();
        if (_probedAt.TryGetValue(upstream.Pool.Name, out var last) && time.GetElapsedTime(last, now) < upstream.Options.Probe.Interval)
            return false;
        _probedAt[upstream.Pool.Name] = now;
        return true;
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
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(replica.Address, upstream.Options.Probe.Path.TrimStart('/')));
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
}
