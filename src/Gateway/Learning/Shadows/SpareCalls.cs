using Gateway.Dispatch;
using Gateway.Hosting;
using Gateway.Protocol;
using Gateway.Telemetry;
using Gateway.Upstream;

namespace Gateway.Learning.Shadows;

/// <summary>Asks pools for answers that no caller waits for: only of a pool that is not busy, and never in a queue. What goes wrong is counted.</summary>
public sealed class SpareCalls(LiveBlueprint live, TimeProvider time)
{
    /// <summary>The text that a pool answers; null when it is gone, busy, or gives none.</summary>
    public async Task<string?> AskAsync(string poolName, string? group, byte[] body, CancellationToken stopping)
    {
        var blueprint = live.Current;
        if (blueprint.Fleet.Find(poolName) is not { } pool || ChatRequestReader.Read(body, blueprint.Options.Server.MaxJsonDepth).Request is not { } request)
            return null;
        if (group is not null && pool.Group != group)
        {
            LearningMetrics.CountShadowCall(poolName, "other_group");
            return null;
        }

        if (IsBusy(pool))
        {
            LearningMetrics.CountShadowCall(poolName, "busy");
            return null;
        }

        // Nobody waits for it: it takes what batch traffic may have, and never queues.
        var to = blueprint.UpstreamOf(pool);
        if (!to.Gate.TryEnter(isSpare: true, out var place))
        {
            LearningMetrics.CountShadowCall(poolName, "busy");
            return null;
        }

        try
        {
            return await AskAsync(to, body, request, stopping);
        }
        finally
        {
            place.Leave();
        }
    }

    private async Task<string?> AskAsync(UpstreamPool to, byte[] body, ChatRequest request, CancellationToken stopping)
    {
        var poolName = to.Pool.Name;
        if (to.Pool.Pick([]) is not { } picked)
        {
            LearningMetrics.CountShadowCall(poolName, "no_replica");
            return null;
        }

        var splice = RequestSplice.Of(body, request, to.ModelJson);
        using var clock = new AttemptClock(new RequestLifetime(to.Connections.Timeouts.Total, time, stopping, stopping));
        picked.Replica.Enter();
        try
        {
            var call = new UpstreamCall(to, picked.Replica, splice, IsStream: false, new PassedHeaders($"shadow-{Guid.NewGuid():N}", null, null));
            return Read(poolName, to, picked, await UpstreamClient.SendAsync(call, clock));
        }
        finally
        {
            picked.Replica.Leave();
        }
    }

    private static string? Read(string pool, UpstreamPool to, Routing.Picked picked, UpstreamReply reply)
    {
        if (reply.Fault is { } fault)
        {
            ReplicaReport.Failed(picked.Replica, picked.Pass, fault);
            LearningMetrics.CountShadowCall(pool, fault.Kind.ToString());
            return null;
        }

        using var answer = reply.Whole!;
        picked.Replica.Breaker.Succeeded(picked.Pass);
        LearningMetrics.CountShadowCall(pool, "ok");
        if (answer.Usage is { } usage && to.CostOf(usage) is { } cost)
            LearningMetrics.CountShadowCost(pool, cost);
        return AnswerText.Of(answer.Body, isStream: false);
    }

    private bool IsBusy(Routing.Pool pool)
    {
        var inFlight = pool.Replicas.Sum(replica => replica.InFlight);
        return inFlight >= live.Current.Options.Routing.Learning.Shadow.BusyFrom * Math.Max(1, pool.Replicas.Count(replica => replica.IsAvailable));
    }
}
