using Gateway.Cache.Answers;
using Gateway.Cache.Verification;
using Gateway.Caching;
using Gateway.Telemetry;

namespace Gateway.Cache;

/// <summary>Stores answers in the background, one after another; a store that fails loses the answer and nothing else.</summary>
public sealed class CacheWriter(CacheIntake intake, HitDesk desk) : BackgroundService
{
    /// <summary>How long a store may take; it is nobody's request that waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var answer in intake.Answers.ReadAllAsync(stoppingToken))
        {
            using var recording = answer.Recording;
            try
            {
                await StoreAsync(answer, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                CacheMetrics.CountNotStored("store failed");
            }
        }
    }

    private async Task StoreAsync(FreshAnswer fresh, CancellationToken stopping)
    {
        var pieces = fresh.Recording.Read();
        var body = fresh.Recording.Whole ?? AnswerJson.Write(pieces, fresh.Usage);
        if (Fitness.FlawOf(pieces, body) is { } flaw)
        {
            CacheMetrics.CountNotStored(flaw);
            return;
        }

        var usage = pieces.Counts ?? fresh.Usage;
        var answer = new CachedAnswer(body, fresh.Pool.Name, fresh.Pool.Model, usage?.Prompt ?? 0, usage?.Completion ?? 0, fresh.Facts);
        await fresh.Answers.StoreAsync(fresh.Question, answer, stopping).AsTask().WaitAsync(Patience, stopping);
        CacheMetrics.CountStored();
        if (fresh.Doubted is { } doubted)
            desk.Note(doubted, fresh.Answers, body);
    }
}
