using Gateway.Completions;
using Gateway.Dispatch;
using Gateway.Protocol;
using Gateway.Upstream;

namespace Gateway.Delivery;

/// <summary>Carries a stream from upstream to the caller, frame by frame: the only loop that runs per token.</summary>
/// <remarks>
/// Frames go on as they came, one flush per read. Held back are only what the caller did not ask for (usage, log-probabilities) and what would
/// lie to it: an abort dressed as an end, an upstream's error, a <c>[DONE]</c> after no end at all.
/// </remarks>
public sealed class StreamRelay(ErrorReply errors)
{
    /// <summary>Shorter waits are for what had arrived already, and say nothing of how fast tokens come: no model gives one stream 10,000 a second.</summary>
    private static readonly TimeSpan ShortestGap = TimeSpan.FromMicroseconds(100);

    public async ValueTask RunAsync(Exchange exchange, DispatchedAnswer dispatched, EventWriter caller)
    {
        var (answer, clock) = (dispatched.Stream!, dispatched.Clock!);
        var progress = new StreamProgress(exchange.Request!.Choices, exchange.Request.AsksUsage);
        var idle = exchange.AnsweredBy!.Connections.Timeouts.Idle;
        UpstreamFault? fault = null;
        try
        {
            while (!progress.IsOver)
            {
                await caller.BeginAsync();
                Forward(answer, caller, progress, dispatched.HidesLogprobs);
                if (!await caller.FlushAsync())
                {
                    fault = UpstreamFault.CallerGone;
                    break;
                }

                answer.Release();
                clock.Allow(idle);
                if (progress.IsOver)
                    break;
                var waitsFrom = clock.Now;
                if (!await answer.FillAsync(clock.Token))
                    progress.End();
                else if (clock.Since(waitsFrom) is var gap && gap >= ShortestGap)
                    exchange.AnsweredAt?.Gaps.Add(gap);
            }

            fault ??= progress.Fault;
            if (fault is null)
                await answer.FinishAsync(clock, PoolConnections.DrainTimeout);
        }
        catch (OperationCanceledException)
        {
            fault = clock.Explain(FaultKind.Stalled, $"no token for {idle.TotalSeconds:0.###} s");
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

        exchange.Usage = progress.Usage;
        if (progress.Usage?.Queued is { } queued)
            exchange.AnsweredAt?.QueueTimes.Add(queued);
        dispatched.Delivered(fault);
        await FinishAsync(exchange, caller, progress, fault);
    }

    /// <summary>Writes the whole frames that have arrived and may be shown, in as few writes as they allow.</summary>
    private static void Forward(StreamedAnswer answer, EventWriter caller, StreamProgress progress, bool hidesLogprobs)
    {
        var run = new ByteRange(0, 0);
        while (!progress.IsOver && answer.TryRead(out var frame, out var chunk))
        {
            var hides = hidesLogprobs && !chunk.Logprobs.IsEmpty;
            // A frame that shows nothing was sent for its log-probabilities alone.
            if (progress.MayShow(answer, frame, chunk) && (!hides || chunk.IsVisible || chunk.Finished > 0))
            {
                run = run.IsEmpty ? frame.Whole : new ByteRange(run.Start, run.Length + frame.Whole.Length);
                if (hides)
                    run = WriteAround(answer, caller, run, new ByteRange(frame.Data.Start + chunk.Logprobs.Start, chunk.Logprobs.Length));
                continue;
            }

            if (!run.IsEmpty)
                caller.Write(run.In(answer.Bytes));
            run = default;
        }

        if (!run.IsEmpty)
            caller.Write(run.In(answer.Bytes));
    }

    /// <summary>Writes a run up to a value that is hidden, and what stands there when it was not asked for.</summary>
    /// <returns>What is left of the run.</returns>
    private static ByteRange WriteAround(StreamedAnswer answer, EventWriter caller, ByteRange run, ByteRange hidden)
    {
        caller.Write(answer.Bytes[run.Start..hidden.Start]);
        caller.Write("null"u8);
        return new ByteRange(hidden.End, run.End - hidden.End);
    }

    private async ValueTask FinishAsync(Exchange exchange, EventWriter caller, StreamProgress progress, UpstreamFault? fault)
    {
        if (fault is null)
        {
            if (!progress.IsDoneShown)
                await SendDoneAsync(caller);
            exchange.IsDelivered = true;
            return;
        }

        exchange.BrokenBy = fault;
        if (fault.Kind != FaultKind.CallerGone)
            await errors.SendAsync(exchange, FaultReply.Interrupted(exchange, fault), caller);
    }

    /// <summary>The answer is complete, only its closing line got lost.</summary>
    private static async ValueTask SendDoneAsync(EventWriter caller)
    {
        await caller.BeginAsync();
        caller.Write("data: [DONE]\n\n"u8);
        await caller.FlushAsync();
    }
}
