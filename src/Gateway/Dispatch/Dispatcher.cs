using System.Runtime.CompilerServices;
using Gateway.Completions;
using Gateway.Dispatch.Admission;
using Gateway.Dispatch.Hedging;
using Gateway.Dispatch.Verification;
using Gateway.Hosting;
using Gateway.Protocol;
using Gateway.Routing;
using Gateway.Routing.Health;
using Gateway.Upstream;

namespace Gateway.Dispatch;

/// <summary>Walks the plan one attempt at a time, until one may be shown to the caller or nothing is left to try.</summary>
public sealed class Dispatcher(AttemptSender sender, Verifier verifier, TimeProvider time, Random chance, Drain drain)
{
    /// <summary>Pause before a replica is tried again for want of another; doubled each time, then drawn at random up to that.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public ValueTask<DispatchedAnswer> DispatchAsync(Exchange exchange) =>
        exchange.Plan!.Hedges ? DispatchHedgedAsync(exchange) : WalkAsync(exchange, null);

    private async ValueTask<DispatchedAnswer> DispatchHedgedAsync(Exchange exchange)
    {
        await using var hedge = new Hedge(exchange, sender);
        return await WalkAsync(exchange, hedge);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<DispatchedAnswer> WalkAsync(Exchange exchange, Hedge? hedge)
    {
        using var walk = new PlanWalk(exchange);
        var lifetime = new RequestLifetime(walk.Current.Connections.Timeouts.Total, time, exchange.Unwanted, drain.Expired) { Denied = exchange.Guards?.Late?.Denied ?? default };
        exchange.Lifetime = lifetime;
        var suspects = new Suspects();
        UpstreamFault? last = null;
        while ((hedge?.PickFor(walk) ?? await PickAsync(exchange, walk)) is { } picked)
        {
            var verify = Verifier.SettingsFor(exchange, walk.LargerPool);
            var waitsFrom = time.GetTimestamp();
            var sending = hedge is not null && hedge.Owns(picked)
                ? hedge.Take(walk)
                : sender.SendAsync(exchange, walk.Current, picked, verify, new AttemptClock(lifetime));
            hedge?.Start(walk, verify);
            var (attempt, answer) = await sending;
            exchange.Add(attempt, time.GetElapsedTime(waitsFrom));
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
                return answer.Keep(walk.HandOver());
            }

            suspects.Report(picked, fault);
            last = fault;
            walk.Note(picked.Replica, fault);
            var step = RetryRule.Decide(fault.Kind, exchange.IsCommitted, walk.Room);
            if (!GoOn(walk, step, hedge))
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
        return DispatchedAnswer.Failed(FailureOf(exchange, walk, last));
    }

    /// <summary>The replica for the next attempt, once there is a place in its pool; null when there is neither.</summary>
    private static async ValueTask<Picked?> PickAsync(Exchange exchange, PlanWalk walk) =>
        await Doorkeeper.EnterAsync(exchange, walk) ? walk.PickInPlace() : null;

    private static ApiError FailureOf(Exchange exchange, PlanWalk walk, UpstreamFault? last) =>
        exchange.Queue is { IsShed: true } note ? note.ToError(exchange.Route!.Name)
        : (last ?? exchange.Lifetime!.EndedBy) is { } fault ? FaultReply.Of(exchange, fault, walk.RetryAfter)
        : FaultReply.NoReplica(exchange);

    /// <summary>Takes the step that was decided, or in place of one to another replica goes over to the hedge, which is answering already.</summary>
    private static bool GoOn(PlanWalk walk, RetryStep step, Hedge? hedge)
    {
        if (hedge is not { IsUnderWay: true } || step is RetryStep.Stop or RetryStep.Reconnect)
            return walk.Take(step);
        walk.CrossOver();
        return true;
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
}
