using System.Text;
using Gateway.Completions;
using Gateway.Delivery.Guarding;
using Gateway.Delivery.Resume;
using Gateway.Dispatch;
using Gateway.Dispatch.Resume;
using Gateway.Routing;
using Gateway.Upstream;

namespace Gateway.Delivery;

/// <summary>Carries a stream from upstream to the caller, frame by frame: the only loop that runs per token.</summary>
/// <remarks>
/// Frames go on as they came, one flush per read. Held back are only what the caller did not ask for (usage, log-probabilities) and what would
/// lie to it: an abort dressed as an end, an upstream's error, a <c>[DONE]</c> after no end at all. A stream that breaks goes on at another
/// replica where it can be resumed, and ends with an error where not.
/// </remarks>
public sealed class StreamRelay(ErrorReply errors, Resumer resumer)
{
    /// <summary>Shorter waits are for what had arrived already, and say nothing of how fast tokens come: no model gives one stream 10,000 a second.</summary>
    private static readonly TimeSpan ShortestGap = TimeSpan.FromMicroseconds(100);

    public async ValueTask RunAsync(Exchange exchange, DispatchedAnswer dispatched, EventWriter caller)
    {
        using var journal = Resumer.Open(exchange);
        caller.Inspect();
        var progress = NewProgress(exchange);
        var (fault, next) = await RelayAsync(exchange, dispatched, null, journal, progress, caller);
        exchange.Usage = progress.Usage;
        if (journal is not null && (next is not null || fault is { Side: FaultSide.Upstream }))
        {
            var from = dispatched.Replica;
            // Its connection closes now, which is vLLM's abort: an engine that only seems dead shall not go on for nobody.
            dispatched.Abandon();
            (fault, progress) = await GoOnAsync(exchange, journal, (from, fault, next), progress, caller);
        }

        if (fault is null && !progress.IsDoneShown && !caller.IsBlocked)
            await SendEndAsync(exchange, progress, journal, caller);
        if (caller.IsBlocked)
        {
            // Its connection closes before anything is said of it: what it goes on to generate is for nobody.
            dispatched.Abandon();
            await EndBlockedAsync(exchange, progress, caller);
            return;
        }

        if (fault is null)
        {
            exchange.IsDelivered = true;
            return;
        }

        exchange.BrokenBy = fault;
        if (fault.Kind != FaultKind.CallerGone)
            await errors.SendAsync(exchange, FaultReply.Interrupted(exchange, fault), caller);
    }

    /// <summary>Ends an answer that guards let nothing more pass of: as filtered, or, where one of them failed, with an error.</summary>
    private async ValueTask EndBlockedAsync(Exchange exchange, StreamProgress progress, EventWriter caller)
    {
        var report = exchange.Guards!.Output!;
        if (report.HasFailedShut)
            await errors.SendAsync(exchange, GuardFailure.Of(report), caller);
        else
            await caller.EndBlockedAsync(exchange.Request!.AsksUsage ? progress.Usage : null);
    }

    private static StreamProgress NewProgress(Exchange exchange) => new(exchange.Request!.Choices, exchange.Request.AsksUsage);

    /// <summary>Goes on with a stream, leg by leg, until it is whole or no replica takes it over.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="journal">What was shown.</param>
    /// <param name="leg">The replica of the last leg, why it broke, and the next leg if there is one already.</param>
    /// <param name="progress">How far the last leg came.</param>
    /// <param name="caller">Where to.</param>
    private async ValueTask<(UpstreamFault? Fault, StreamProgress Progress)> GoOnAsync(
        Exchange exchange, Journal journal, (Replica? From, UpstreamFault? Fault, ResumedLeg? Next) leg, StreamProgress progress, EventWriter caller)
    {
        var writer = new LegWriter(journal, exchange.Request!);
        while (true)
        {
            if (leg.Next is null)
            {
                var (next, finish, gaveUp) = leg.Fault is { } fault
                    ? await resumer.ResumeAsync(exchange, journal, leg.From, fault)
                    : await resumer.HandOverAsync(exchange, journal);
                if (gaveUp is not null)
                    return (gaveUp, progress);
                leg.Next = next;
                if (finish is not null)
                {
                    await EndAsync(writer, finish, progress, caller);
                    exchange.Usage = journal.Usage;
                    return (null, progress);
                }
            }

            using var answer = leg.Next!.Answer;
            progress = NewProgress(exchange);
            if (!writer.HandsOver)
                await SayAsync(exchange, caller);
            var (broken, further) = await RelayAsync(exchange, answer, (writer, leg.Next), journal, progress, caller);
            if (progress.Usage is { } spent)
                exchange.PrefilledAgain += Math.Max(0, spent.Prompt - spent.Cached);
            exchange.Usage = journal.Usage;
            if (further is null && (broken is { Side: not FaultSide.Upstream } || (broken is null && !writer.HandsOver)))
                return (broken, progress);
            leg = (answer.Replica, broken, further);
        }
    }

    /// <summary>Carries one leg to its end, and tells its replica how it went.</summary>
    /// <returns>Why it is not whole, null when it is; or the leg that goes on in its place, when its replica is going away.</returns>
    private async ValueTask<(UpstreamFault? Fault, ResumedLeg? Next)> RelayAsync(
        Exchange exchange, DispatchedAnswer dispatched, (LegWriter Writer, ResumedLeg Leg)? further, Journal? journal, StreamProgress progress, EventWriter caller)
    {
        UpstreamFault? fault;
        ResumedLeg? next = null;
        caller.Watch(dispatched.Clock);
        try
        {
            (fault, next) = await CarryAsync(exchange, dispatched, further, journal, progress, caller);
            if (fault is null && next is null)
                await dispatched.Stream!.FinishAsync(dispatched.Clock!, PoolConnections.DrainTimeout);
        }
        catch (OperationCanceledException)
        {
            fault = dispatched.Clock!.Explain(FaultKind.Stalled, $"no token for {PatienceWith(exchange, journal).TotalSeconds:0.###} s");
            // Silence behind the end of a whole answer takes nothing away from it.
            if (fault.Kind == FaultKind.Stalled && progress.IsComplete)
                fault = null;
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            progress.End();
            fault = progress.Fault;
        }
        catch (InvalidDataException e)
        {
            fault = new UpstreamFault(FaultKind.Garbage, e.Message);
        }

        if (caller.IsBlocked)
            (fault, next) = (UpstreamFault.Denied, null);
        if (progress.Usage?.Queued is { } queued)
            dispatched.Replica?.QueueTimes.Add(queued);
        dispatched.Delivered(fault);
        return (fault, next);
    }

    /// <summary>The loop that runs per read: writes what has arrived, then waits for more.</summary>
    private async ValueTask<(UpstreamFault? Fault, ResumedLeg? Next)> CarryAsync(
        Exchange exchange, DispatchedAnswer dispatched, (LegWriter Writer, ResumedLeg Leg)? further, Journal? journal, StreamProgress progress, EventWriter caller)
    {
        var (answer, clock) = (dispatched.Stream!, dispatched.Clock!);
        while (!progress.IsOver)
        {
            await caller.BeginAsync();
            if (further is { } more)
                more.Writer.Forward(more.Leg, caller, progress);
            else
                FrameForwarder.Forward(answer, caller, progress, dispatched.Hides, journal);
            if (caller.AsksOthers)
                clock.Pause();
            if (!await caller.FlushAsync())
                return (caller.IsBlocked ? UpstreamFault.Denied : UpstreamFault.CallerGone, null);
            answer.Release();
            if (progress.IsOver)
                break;
            journal?.Pace.Note(resumer.Time);
            if (journal is not null && !progress.IsComplete && dispatched.Replica is { Notice: not null } leaving && await LeaveAsync(exchange, journal, leaving, clock) is { } next)
                return (null, next);
            clock.Allow(PatienceWith(exchange, journal));
            var waitsFrom = clock.Now;
            if (!await answer.FillAsync(clock.Token))
                progress.End();
            else if (clock.Since(waitsFrom) is var gap && gap >= ShortestGap)
                dispatched.Replica?.Gaps.Add(gap);
        }

        return (progress.Fault, null);
    }

    /// <summary>Takes the stream from a replica that is going away, if it must; meanwhile nothing is expected of that one.</summary>
    private ValueTask<ResumedLeg?> LeaveAsync(Exchange exchange, Journal journal, Replica leaving, AttemptClock clock)
    {
        clock.Pause();
        return resumer.LeaveAsync(exchange, journal, leaving);
    }

    /// <summary>How long the next token may take.</summary>
    private TimeSpan PatienceWith(Exchange exchange, Journal? journal)
    {
        var idle = exchange.AnsweredBy!.Connections.Timeouts.Idle;
        return journal is null ? idle : journal.Pace.Patience(resumer.Time, idle);
    }

    /// <summary>A comment where the legs meet, which no client shows.</summary>
    private static async ValueTask SayAsync(Exchange exchange, EventWriter caller)
    {
        await caller.BeginAsync();
        caller.Write(Encoding.ASCII.GetBytes($": resumed on {exchange.AnsweredAt?.Name}\n\n"));
        await caller.FlushAsync();
    }

    private static async ValueTask EndAsync(LegWriter writer, string reason, StreamProgress progress, EventWriter caller)
    {
        await caller.BeginAsync();
        writer.End(reason, caller);
        progress.Complete();
        await caller.FlushAsync();
    }

    /// <summary>The answer is complete, only what closes it got lost.</summary>
    private static async ValueTask SendEndAsync(Exchange exchange, StreamProgress progress, Journal? journal, EventWriter caller)
    {
        await caller.BeginAsync();
        if (exchange.Request!.AsksUsage && !progress.IsUsageShown && journal is { PromptTokens: not null })
            new LegWriter(journal, exchange.Request).WriteUsage(caller);
        caller.Write("data: [DONE]\n\n"u8);
        await caller.FlushAsync();
    }
}
