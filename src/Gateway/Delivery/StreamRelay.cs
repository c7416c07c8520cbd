using Gateway.Completions;
using Gateway.Delivery.Resume;
using Gateway.Dispatch;
using Gateway.Dispatch.Resume;
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
    public async ValueTask RunAsync(Exchange exchange, DispatchedAnswer dispatched, EventWriter caller)
    {
        using var journal = Resumer.Open(exchange);
        var progress = NewProgress(exchange);
        var fault = await RelayAsync(exchange, dispatched, null, journal, progress, caller);
        exchange.Usage = progress.Usage;
        if (fault is { Side: FaultSide.Upstream } broken && journal is not null)
            (fault, progress) = await GoOnAsync(exchange, dispatched, journal, broken, progress, caller);
        if (fault is null)
        {
            if (!progress.IsDoneShown)
                await SendEndAsync(exchange, progress, journal, caller);
            exchange.IsDelivered = true;
            return;
        }

        exchange.BrokenBy = fault;
        if (fault.Kind != FaultKind.CallerGone)
            await errors.SendAsync(exchange, FaultReply.Interrupted(exchange, fault), caller);
    }

    private static StreamProgress NewProgress(Exchange exchange) => new(exchange.Request!.Choices, exchange.Request.AsksUsage);

    /// <summary>Goes on with a broken stream, leg by leg, until it is whole or no replica takes it over.</summary>
    private async ValueTask<(UpstreamFault? Fault, StreamProgress Progress)> GoOnAsync(
        Exchange exchange, DispatchedAnswer broken, Journal journal, UpstreamFault? fault, StreamProgress progress, EventWriter caller)
    {
        LegWriter? writer = null;
        var from = broken.Replica;
        // Its connection closes now, which is vLLM's abort: an engine that only seems dead shall not go on for nobody.
        broken.Dispose();
        while (true)
        {
            var (leg, finish, gaveUp) = fault is null
                ? await resumer.HandOverAsync(exchange, journal)
                : await resumer.ResumeAsync(exchange, journal, from, fault);
            if (gaveUp is not null)
                return (gaveUp, progress);
            writer ??= new LegWriter(journal, exchange.Request!);
            progress = NewProgress(exchange);
            if (leg is null)
            {
                await EndAsync(writer, finish!, progress, caller);
                exchange.Usage = journal.Usage;
                return (null, progress);
            }

            using var answer = leg.Answer;
            if (fault is not null)
                await SayAsync(exchange, caller);
            var next = await RelayAsync(exchange, answer, (writer, leg), journal, progress, caller);
            if (progress.Usage is { } spent)
                exchange.PrefilledAgain += Math.Max(0, spent.Prompt - spent.Cached);
            exchange.Usage = journal.Usage;
            if (next is { Side: not FaultSide.Upstream } || (next is null && !writer.HandsOver))
                return (next, progress);
            (fault, from) = (next, answer.Replica);
        }
    }

    /// <summary>Carries one leg.</summary>
    /// <returns>Why it is not whole; null when it is.</returns>
    private async ValueTask<UpstreamFault?> RelayAsync(
        Exchange exchange, DispatchedAnswer dispatched, (LegWriter Writer, ResumedLeg Leg)? further, Journal? journal, StreamProgress progress, EventWriter caller)
    {
        var (answer, clock) = (dispatched.Stream!, dispatched.Clock!);
        var idle = exchange.AnsweredBy!.Connections.Timeouts.Idle;
        UpstreamFault? fault = null;
        var patience = idle;
        try
        {
            while (!progress.IsOver)
            {
                await caller.BeginAsync();
                if (further is { } more)
                    more.Writer.Forward(more.Leg, caller, progress);
                else
                    FrameForwarder.Forward(answer, caller, progress, dispatched.Hides, journal);
                if (!await caller.FlushAsync())
                {
                    fault = UpstreamFault.CallerGone;
                    break;
                }

                answer.Release();
                if (journal is not null)
                {
                    journal.Pace.Note(resumer.Time);
                    patience = journal.Pace.Patience(resumer.Time, idle);
                }

                clock.Allow(patience);
                if (!progress.IsOver && !await answer.FillAsync(clock.Token))
                    progress.End();
            }

            fault ??= progress.Fault;
            if (fault is null)
                await answer.FinishAsync(clock, PoolConnections.DrainTimeout);
        }
        catch (OperationCanceledException)
        {
            fault = clock.Explain(FaultKind.Stalled, $"no token for {patience.TotalSeconds:0.###} s");
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

        dispatched.Delivered(fault);
        return fault;
    }

    /// <summary>A comment where the legs meet, which no client shows.</summary>
    private static async ValueTask SayAsync(Exchange exchange, EventWriter caller)
    {
        await caller.BeginAsync();
        caller.Write(System.Text.Encoding.ASCII.GetBytes($": resumed on {exchange.AnsweredAt?.Name}\n\n"));
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
