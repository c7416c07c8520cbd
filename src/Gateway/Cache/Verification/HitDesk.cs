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
        var (question, answers) = (visit.Question!, visit.Setup.Answers);
        recent.Add(exchange.Id, question.Owner, hit, answers);
        if (hit.Candidate is not { } candidate)
            return;
        log.CacheSemanticHit(
            exchange.Id, candidate.Id.ToString()[..16], candidate.Scope.ToString()[..16], Math.Round(candidate.Similarity, 4), Math.Round(candidate.Bar, 4), candidate.Class.ToString());
        if (hit.IsDoubted && answers.Semantic is SemanticCache cache)
        {
            checks.Offer(new HitCheck(candidate, cache, answers)
            {
                Body = exchange.Body!.Memory.ToArray(), Pool = hit.Answer.Pool, Group = exchange.BoundTo,
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
    /// <returns>Whether the answer came from the cache.</returns>
    public async ValueTask<bool> TakeAsync(Feedback feedback, string owner, CancellationToken cancel)
    {
        if (recent.Find(feedback.RequestId, owner) is not { } hit)
            return false;
        var isGood = feedback.Score >= BadBelow;
        VerdictMetrics.Count("caller", isGood ? "right" : "wrong");
        if (isGood)
            return true;
        if (hit is { Candidate: { } candidate, Answers.Semantic: SemanticCache cache })
            await cache.JudgeAsync(candidate, wasRight: false, VerdictSource.Caller, cancel);
        await hit.Answers.RemoveAsync(new EntryFilter(hit.Id), cancel);
        log.CacheEntryEvicted(hit.Id.ToString()[..16], "caller", hit.Candidate is { } pair ? Math.Round(pair.Similarity, 4) : null, hit.Candidate?.Class.ToString());
        return true;
    }
}
