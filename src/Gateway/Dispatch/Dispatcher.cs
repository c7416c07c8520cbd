using Gateway.Completions;
using Gateway.Dispatch.Verification;
using Gateway.Hosting;
using Gateway.Protocol;
using Gateway.Routing;
using Gateway.Routing.Cascade;
using Gateway.Routing.Health;
using Gateway.Upstream;

namespace Gateway.Dispatch;

/// <summary>Walks the plan one attempt at a time, until one may be shown to the caller or nothing is left to try.</summary>
public sealed class Dispatcher(Verifier verifier, TimeProvider time, Random chance, Drain drain)
{
    /// <summary>Pause before a replica is tried again for want of another; doubled each time, then drawn at random up to that.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public async ValueTask<DispatchedAnswer> DispatchAsync(Exchange exchange)
    {
        var walk = new PlanWalk(exchange.Plan!, exchange.Route!, exchange.Blueprint);
        var lifetime = new RequestLifetime(walk.Current.Connections.Timeouts.Total, time, exchange.Http.RequestAborted, drain.Expired);
        exchange.Lifetime = lifetime;
        var suspects = new Suspects();
        UpstreamFault? last = null;
        while (walk.Pick() is { } picked)
        {
            var verify = Verifier.SettingsFor(exchange, walk.LargerPool);
            var answer = await AttemptAsync(exchange, walk.Current, picked, verify, new AttemptClock(lifetime));
            if (answer.Fault is null && verify is not null)
            {
                // Its first token has answered for a trial; while it is held it counts like any other.
                picked = picked with { Pass = BreakerPass.Normal };
                answer = await verifier.VerifyAsync(exchange, answer, walk.Current, verify);
            }

            if (answer.Weakness is not null)
            {
                Escalate(exchange, walk, answer, picked.Replica);
                continue;
            }

            if (answer.Fault is not { } fault)
            {
                suspects.Convict();
                (exchange.AnsweredBy, exchange.AnsweredAt) = (walk.Current, picked.Replica);
                return answer;
            }

            suspects.Report(picked, fault);
            last = fault;
            walk.Note(picked.Replica, fault);
            var step = RetryRule.Decide(fault.Kind, exchange.IsCommitted, walk.Room);
            if (!walk.Take(step))
                break;
            if (step == RetryStep.SameReplica)
                await PauseAsync(exchange.Attempts.Count, lifetime.CallerGone);
        }

        if (exchange.Judging is { HasKept: true } judging && !lifetime.CallerGone.IsCancellationRequested)
        {
            suspects.Convict();
            var kept = judging.TakeKept();
            (exchange.AnsweredBy, exchange.AnsweredAt) = (kept.Escalation.From, kept.Replica);
            return kept.Answer;
        }

        suspects.Acquit();
        return DispatchedAnswer.Failed(last is null ? FaultReply.NoReplica(exchange) : FaultReply.Of(exchange, last, walk.RetryAfter));
    }

    /// <summary>Waits before a second try at the same replica; a caller who leaves meanwhile is found gone by that try.</summary>
    private async Task PauseAsync(int attempts, CancellationToken callerGone) =>
        await Task.Delay(Pause * Math.Pow(2, attempts - 1) * chance.NextDouble(), time, callerGone)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Goes on to the next larger pool: what there is of the weak answer is kept if it is whole, and broken off if it is not.</summary>
    private static void Escalate(Exchange exchange, PlanWalk walk, DispatchedAnswer answer, Replica replica)
    {
        var judging = exchange.Judging!;
        if (answer.Weakness == Weakness.Whole)
            judging.Keep(answer, replica);
        else
            answer.Dispose();
        exchange.Blueprint.Router.NoteEscalation(exchange.Route!, walk.LargerPool!, exchange.Conversation);
        walk.Escalate(isKept: judging.HasKept);
    }

    private async ValueTask<DispatchedAnswer> AttemptAsync(
        Exchange exchange, UpstreamPool to, Picked picked, VerifySettings? verify, AttemptClock clock)
    {
        var replica = picked.Replica;
        var asksLogprobs = verify is { WeighsTokens: true } && LogprobsSwitch.CanTurnOn(exchange.Body!.Span, exchange.Request!);
        var sentAt = time.GetTimestamp();
        replica.Enter();
        UpstreamReply reply;
        try
        {
            reply = await UpstreamClient.SendAsync(CallOf(exchange, to, replica, asksLogprobs), clock);
        }
        catch
        {
            // A bug, which must not leave the replica looking busier, or its trial open, for ever.
            replica.Breaker.Dropped(picked.Pass);
            replica.Leave();
            clock.Dispose();
            throw;
        }

        var took = time.GetElapsedTime(sentAt);
        exchange.Add(new Attempt(to.Pool, replica, reply.Fault, took));
        if (reply.Fault is { } fault)
        {
            replica.Leave();
            clock.Dispose();
            return DispatchedAnswer.Broken(fault);
        }

        to.Pool.FirstTokens?.Add(took);
        if (picked.Pass != BreakerPass.Normal || reply.Whole is not null)
            replica.Breaker.Succeeded(picked.Pass);
        return DispatchedAnswer.From(reply, picked, clock, asksLogprobs);
    }

    private static UpstreamCall CallOf(Exchange exchange, UpstreamPool to, Replica replica, bool asksLogprobs)
    {
        var request = exchange.Request!;
        var headers = exchange.Http.Request.Headers;
        var splice = RequestSplice.Of(exchange.Body!.Memory, request, to.ModelJson, asksLogprobs, exchange.Plan!.Priority);
        var passed = new PassedHeaders(exchange.Id, headers.TraceParent, headers.TraceState);
        return new UpstreamCall(to, replica, splice, request.Stream, passed);
    }
}
