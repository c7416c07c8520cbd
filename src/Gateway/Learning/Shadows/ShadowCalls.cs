using Gateway.Configuration;
using Gateway.Dispatch;
using Gateway.Hosting;
using Gateway.Protocol;
using Gateway.Routing.Learning;
using Gateway.Telemetry;
using Gateway.Upstream;

namespace Gateway.Learning.Shadows;

/// <summary>Asks the pool that did not answer, after the caller has what it asked for, and compares.</summary>
/// <remarks>A few calls at a time, and only of a pool that is not busy; what goes wrong is counted and learned nothing from.</remarks>
public sealed class ShadowCalls(LiveBlueprint live, ShadowIntake queue, OutcomeDesk desk, TimeProvider time, Random chance) : BackgroundService
{
    private ShadowOptions Options => live.Current.Options.Routing.Learning.Shadow;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Options.Concurrent).Select(_ => WorkAsync(stoppingToken)));

    private async Task WorkAsync(CancellationToken stopping)
    {
        await foreach (var call in queue.Calls.ReadAllAsync(stopping))
            await CompareAsync(call, stopping);
    }

    private async Task CompareAsync(ShadowCall call, CancellationToken stopping)
    {
        if (AnswerText.Of(call.Answer, call.IsStream) is not { } shown
            || ShadowBody.WithoutStream(call.Body) is not { } body
            || await AskAsync(call.OtherPool, call.Group, body, stopping) is not { } other)
            return;
        var (small, large) = call.Open.Outcome.IsLarge ? (other, shown) : (shown, other);
        var outcome = call.Open.Outcome with { At = time.GetUtcNow().ToUnixTimeSeconds() };
        if (Options.Judge is { } judge)
        {
            if (await JudgeAsync(judge, call, small, large, stopping) is { } scores)
                desk.Take(call.Open with { Outcome = outcome with { Kind = OutcomeKind.Judged, Small = scores.Small, Large = scores.Large } });
            return;
        }

        // Nobody has said that the large pool is right: only how far the small one is from it.
        var agreement = (float)Agreement.Of(small, large);
        desk.Take(call.Open with { Outcome = outcome with { Kind = OutcomeKind.Disagreement, Small = agreement, Large = 1 } });
    }

    /// <summary>Two scores from a judge, who sees the answers in an order drawn by chance: judges prefer a place.</summary>
    private async Task<(float Small, float Large)?> JudgeAsync(string judge, ShadowCall call, string small, string large, CancellationToken stopping)
    {
        var isSmallFirst = chance.Next(2) == 0;
        var question = ShadowBody.ForJudge(call.Body, isSmallFirst ? small : large, isSmallFirst ? large : small);
        if (question is null || await AskAsync(judge, call.Group, question, stopping) is not { } text)
            return null;
        if (ShadowBody.ReadVerdict(text) is { } verdict)
            return isSmallFirst ? (verdict.First, verdict.Second) : (verdict.Second, verdict.First);
        LearningMetrics.CountShadowCall(judge, "no_verdict");
        return null;
    }

    /// <summary>The text that a pool answers; null when it is gone, busy, or gives none.</summary>
    private async Task<string?> AskAsync(string poolName, string? group, byte[] body, CancellationToken stopping)
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
        return inFlight >= Options.BusyFrom * Math.Max(1, pool.Replicas.Count(replica => replica.IsAvailable));
    }
}
