using Gateway.Cache.Answers;
using Gateway.Cache.Flights;
using Gateway.Cache.Verification;
using Gateway.Caching;
using Gateway.Completions;
using Gateway.Protocol;
using Gateway.Telemetry;

namespace Gateway.Cache;

/// <summary>The cache as the flow uses it: is there an answer, and may this one be kept.</summary>
public sealed class CacheSide(CacheIntake intake, SingleFlight flights, HitDesk desk, TimeProvider time)
{
    /// <summary>Looks the request up.</summary>
    /// <returns>The answer that is there; null when another has to be got. Completes at once while the cache is in memory.</returns>
    public ValueTask<CacheLookup.Hit?> LookUpAsync(Exchange exchange)
    {
        if (exchange.Blueprint.Cache is not { } setup)
            return default;
        var wishes = CallerWishes.Of(exchange.Http.Request.Headers);
        var policy = setup.PolicyFor(exchange.Asked!, exchange.Route!, exchange.Ruling);
        if (Cacheability.BypassOf(TraitsOf(exchange, wishes, policy), setup.Limits) is { } reason)
        {
            exchange.Cache = new CacheVisit { Setup = setup, Policy = policy, Lookup = new CacheLookup.Bypass(reason) };
            return default;
        }

        var visit = new CacheVisit { Setup = setup, Policy = policy, Question = RequestScope.QuestionOf(exchange, setup, policy) };
        exchange.Cache = visit;
        if (wishes.Refreshes)
            return new ValueTask<CacheLookup.Hit?>(Note(exchange, visit, null));
        var looking = setup.Answers.LookUpAsync(visit.Question, exchange.Http.RequestAborted);
        return looking.IsCompletedSuccessfully ? new ValueTask<CacheLookup.Hit?>(Note(exchange, visit, looking.Result)) : AwaitAsync(exchange, visit, looking);
    }

    /// <summary>Whether an answer is there, or another request is getting it just now.</summary>
    public static bool HasAnswer(Exchange exchange) => exchange.Cache is { Hit: not null } or { Seat: not null };

    /// <summary>Hands an answer that was delivered to whoever stores it; does not wait for that.</summary>
    public void Keep(Exchange exchange)
    {
        if (exchange.Cache is not { Question: { } question, Recording: { } recording } visit)
            return;
        if (NotKept.Why(exchange, recording) is { } reason)
        {
            CacheMetrics.CountNotStored(reason);
            // Whoever was shown a filtered answer frame by frame has been shown all there is.
            if (exchange.IsDelivered || exchange.Guards is { Output: { BlockedBy: not null, HasFailedShut: false } })
                visit.Flight?.Land(isFit: false, exchange.AnsweredBy?.Pool, exchange.Usage);
            return;
        }

        visit.Flight?.Land(isFit: true, exchange.AnsweredBy!.Pool, exchange.Usage);
        var lifetime = visit.Setup.LifetimeOf(visit.Policy, isCompared: question.Ask is not null);
        var now = time.GetUtcNow();
        var facts = new EntryFacts(question.Owner, question.Model, question.Tags, now, now + lifetime);
        visit.Recording = null;
        intake.Offer(new FreshAnswer(visit.Setup.Answers, question, recording, exchange.AnsweredBy!.Pool, facts, exchange.Usage)
        {
            Doubted = (visit.Lookup as CacheLookup.Miss)?.Doubted,
        });
    }

    /// <summary>Ends what was under way, however the request ended.</summary>
    public void Close(Exchange exchange)
    {
        if (exchange.Cache is not { } visit)
            return;
        flights.Land(visit);
        visit.Recording?.Dispose();
    }

    private async ValueTask<CacheLookup.Hit?> AwaitAsync(Exchange exchange, CacheVisit visit, ValueTask<CacheLookup> looking) => Note(exchange, visit, await looking);

    private CacheLookup.Hit? Note(Exchange exchange, CacheVisit visit, CacheLookup? lookup)
    {
        visit.Lookup = lookup;
        if (visit.Hit is { } hit)
        {
            desk.Note(exchange, visit, hit);
            return hit;
        }

        visit.Recording = new AnswerRecording(visit.Setup.Options.MaxAnswerBytes);
        if (lookup is not null && visit.Setup.Options.SingleFlight)
            flights.Board(exchange, visit);
        return null;
    }

    private static RequestTraits TraitsOf(Exchange exchange, CallerWishes wishes, CachePolicy policy)
    {
        var request = exchange.Request!;
        var (hasAttachments, hasTools) = (false, false);
        for (var i = 0; i < request.Turns.Count; i++)
        {
            var turn = request.Turns[i];
            hasAttachments |= turn.Attachments > 0;
            hasTools |= turn.Role == TurnRole.Tool || !turn.Calls.IsEmpty;
        }

        return new RequestTraits
        {
            IsDeclined = wishes.Declines,
            IsExempt = policy.Bypass,
            Bytes = exchange.Body!.Length,
            HasTooManyMembers = request.Members!.Count > RequestScope.MostMembers,
            Choices = request.Choices,
            IsInToolLoop = hasTools,
            HasAttachments = hasAttachments,
            HasOddDelivery = request.HasFurtherStreamOptions || (request.HasStreamOptions && !request.Stream),
            Temperature = request.Temperature,
        };
    }
}
