using Gateway.Caching.Semantic;
using Gateway.Learning.Shadows;
using Gateway.Telemetry;

namespace Gateway.Cache.Verification;

/// <summary>Compares answers that were given by meaning, or nearly were, with fresh ones, one after another in the background.</summary>
/// <remarks>What goes wrong is counted and learned nothing from; so is what cannot be told.</remarks>
public sealed class HitChecks(CheckIntake intake, SpareCalls spare, ILogger<HitChecks> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var check in intake.Checks.ReadAllAsync(stoppingToken))
        {
            try
            {
                await CheckAsync(check, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                VerdictMetrics.Count("check", "failed");
            }
        }
    }

    private async Task CheckAsync(HitCheck check, CancellationToken stopping)
    {
        if (await check.Answers.Answers.GetAsync(check.Candidate.Id, stopping) is not { } entry
            || AnswerText.Of(entry.Body, isStream: false) is not { } known)
        {
            VerdictMetrics.Count("check", "entry_gone");
            return;
        }

        if (await FreshAsync(check, stopping) is not { } fresh)
        {
            VerdictMetrics.Count("check", "no_fresh_answer");
            return;
        }

        if (await AnswersAgree.TellAsync(check.Cache, known, fresh, stopping) is not { } isRight)
        {
            VerdictMetrics.Count("check", "unsure");
            return;
        }

        var candidate = check.Candidate;
        VerdictMetrics.Count(candidate.IsHit ? "check" : "near_miss", isRight ? "right" : "wrong");
        await check.Cache.JudgeAsync(candidate, isRight, VerdictSource.Verification, stopping);
        if (!isRight && candidate.IsHit)
            log.CacheEntryEvicted(candidate.Id.ToString()[..16], "check", Math.Round(candidate.Similarity, 4), candidate.Class.ToString());
    }

    private async Task<string?> FreshAsync(HitCheck check, CancellationToken stopping) =>
        check.Body is null ? AnswerText.Of(check.Fresh, isStream: false)
        : ShadowBody.WithoutStream(check.Body) is { } body ? await spare.AskAsync(check.Pool, check.Group, body, stopping)
        : null;
}
