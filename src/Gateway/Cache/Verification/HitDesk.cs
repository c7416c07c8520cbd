using Gateway.Caching;
using Gateway.Caching.Semantic;
using Gateway.Completions;
using Gateway.Learning;
using Gateway.Telemetry;

namespace Gateway.Cache.Verification;

/// <summary>Takes note of hits: for the audit, for complaints, and for checks.</summary>
public sealed class HitDesk(RecentHits recent, CheckIntake checks, ILogger<HitDesk> log)
{
    /// <summary>Below this score an answer was bad.</summary>
    private const double BadBelow = 0.5;

    /// <summary>A request is answered by the cache.</summary>
    public void Note(Exchange exchange, CacheVisit visit, CacheLookup.Hit hit)
    {
        // What is the same to the byte needs no judging, and comes too often to be remembered.
        if (hit.Candidate is not { } candidate)
            return;
        var answers = visit.Setup.Answers;
        recent.Add(exchange.Id, new RecentHit(CallerOwner.Of(exchange.Http.Request.Headers), candidate, answers));
        log.CacheSemanticHit(
            exchange.Id, candidate.Id.ToString()[..16], candidate.Scope.ToString()[..16], Math.Round(candidate.Similarity, 4), Math.Round(candidate.Bar, 4), candidate.Class.ToString());
        if (hit.IsDoubted && answers.Semantic is SemanticCache cache)
        {
            checks.Offer(new HitCheck(candidate, cache, answers)
            {
                Body = exchange.Body!.Memory.ToArray(),
                Pool = hit.Answer.Pool,
                Group = exchange.BoundTo,
            });
        }
    }

    /// <summary>A request that missed by little got a fresh answer.</summary>
    /// <param name="doubted">The entry that it missed.</param>
    /// <param name="answers">Where that is.</param>
    /// <param name="fresh">The answer as JSON.</param>
    public void Note(SemanticCandidate doubted, AnswerCache answers, ReadOnlyMemory<byte> fresh)
    {
        if (answers.Semantic is SemanticCache cache)
            checks.Offer(new HitCheck(doubted, cache, answers) { Fresh = fresh });
    }

    /// <summary>Takes a caller's word on an answer: a bad one that came from the cache goes, and the asks around it are held to more.</summary>
    /// <returns>Whether the answer was one that asks of the same meaning share.</returns>
    public async ValueTask<bool> TakeAsync(Feedback feedback, string owner, CancellationToken cancel)
    {
        if (recent.Find(feedback.RequestId, owner) is not { } hit)
            return false;
        var isGood = feedback.Score >= BadBelow;
        VerdictMetrics.Count("caller", isGood ? "right" : "wrong");
        if (isGood)
            return true;
        var candidate = hit.Candidate;
        try
        {
            if (hit.Answers.Semantic is SemanticCache cache)
                await cache.JudgeAsync(candidate, wasRight: false, VerdictSource.Caller, cancel);
            await hit.Answers.RemoveAsync(new EntryFilter(candidate.Id), cancel);
            log.CacheEntryEvicted(candidate.Id.ToString()[..16], "caller", Math.Round(candidate.Similarity, 4), candidate.Class.ToString());
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A store is out of reach: the bar has learned all the same, and the entry goes when its time is over.
            VerdictMetrics.Count("caller", "not_evicted");
        }

        return true;
    }
}
