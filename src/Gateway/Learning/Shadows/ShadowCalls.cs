using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Routing.Learning;
using Gateway.Telemetry;

namespace Gateway.Learning.Shadows;

/// <summary>Asks the pool that did not answer, after the caller has what it asked for, and compares.</summary>
/// <remarks>A few calls at a time, and only of a pool that is not busy; what goes wrong is counted and learned nothing from.</remarks>
public sealed class ShadowCalls(LiveBlueprint live, ShadowIntake queue, SpareCalls spare, OutcomeDesk desk, TimeProvider time, Random chance) : BackgroundService
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
            || await spare.AskAsync(call.OtherPool, call.Group, body, stopping) is not { } other)
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
        if (question is null || await spare.AskAsync(judge, call.Group, question, stopping) is not { } text)
            return null;
        if (ShadowBody.ReadVerdict(text) is { } verdict)
            return isSmallFirst ? (verdict.First, verdict.Second) : (verdict.Second, verdict.First);
        LearningMetrics.CountShadowCall(judge, "no_verdict");
        return null;
    }
}
