using System.Runtime.CompilerServices;
using Gateway.Completions;
using Gateway.Dispatch.Resume;
using Gateway.Protocol;
using Gateway.Routing;
using Gateway.Routing.Cascade;
using Gateway.Routing.Health;
using Gateway.Upstream;

namespace Gateway.Dispatch;

/// <summary>Makes one attempt: enters the replica, sends, and tells its breaker of a success; failures are for others to report.</summary>
/// <remarks>It reads the exchange and writes nothing to it, so two attempts of one request may be under way at a time.</remarks>
public sealed class AttemptSender(TimeProvider time)
{
    /// <param name="exchange">The request.</param>
    /// <param name="to">The pool.</param>
    /// <param name="picked">The replica; left again unless an answer holds it.</param>
    /// <param name="verify">How the answer will be judged; null when it is shown as it comes.</param>
    /// <param name="clock">Goes with the answer; ended when there is none.</param>
    public ValueTask<SentAttempt> SendAsync(
        Exchange exchange, UpstreamPool to, Picked picked, VerifySettings? verify, AttemptClock clock)
    {
        var asksLogprobs = verify is { WeighsTokens: true } && LogprobsSwitch.CanTurnOn(exchange.Body!.Span, exchange.Request!);
        var asksUsage = Resumable.AsksRunningUsage(exchange, picked.Replica);
        var asksIds = Resumable.AsksTokenIds(exchange, picked.Replica);
        var hides = (asksLogprobs ? HiddenParts.Logprobs : HiddenParts.None) | Resumable.HiddenIn(exchange, asksUsage, asksIds);
        var splice = RequestSplice.Of(
            exchange.Body!.Memory, exchange.Request!, ModelOf(exchange, to), asksLogprobs, exchange.Plan!.Priority, asksUsage, asksIds);
        var call = new UpstreamCall(to, picked.Replica, splice, exchange.Request!.Stream, HeadersOf(exchange));
        return SendAsync(exchange, call, picked, clock, hides);
    }

    /// <summary>Makes an attempt with a body of its own.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="call">What is sent, and where to.</param>
    /// <param name="picked">The replica, with its breaker's pass.</param>
    /// <param name="clock">Goes with the answer; ended when there is none.</param>
    /// <param name="hides">What of the answer only we ask for.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<SentAttempt> SendAsync(Exchange exchange, UpstreamCall call, Picked picked, AttemptClock clock, HiddenParts hides)
    {
        var (to, replica) = (call.To, picked.Replica);
        var sentAt = time.GetTimestamp();
        var (forecast, streams) = (picked.Forecast, call.IsStream);
        var blocks = exchange.Blocks?.Request.Blocks ?? default;
        var ahead = replica.Enter(forecast, to.Pool.ReadsPrefix ? blocks.Span : [], streams);
        UpstreamReply reply;
        try
        {
            reply = await UpstreamClient.SendAsync(call, clock);
        }
        catch
        {
            // A bug, which must not leave the replica looking busier, or its trial open, for ever.
            replica.Breaker.Dropped(picked.Pass);
            replica.Abandon(forecast, streams);
            clock.Dispose();
            throw;
        }

        var took = time.GetElapsedTime(sentAt);
        var attempt = new Attempt(to.Pool, replica, reply.Fault, took) { Forecast = forecast };
        if (reply.Fault is { } fault)
        {
            replica.Abandon(forecast, streams);
            clock.Dispose();
            return new SentAttempt(attempt, DispatchedAnswer.Broken(fault));
        }

        replica.Begin(forecast, streams, ahead, took);
        to.Pool.FirstTokens?.Add(took);
        if (reply.Stream is not null)
        {
            replica.FirstTokens.Add(took);
            replica.Limit.Note(took);
        }

        if (reply.Whole?.Usage?.Queued is { } queued)
            replica.QueueTimes.Add(queued);
        if (picked.Pass != BreakerPass.Normal || reply.Whole is not null)
            replica.Breaker.Succeeded(picked.Pass);
        return new SentAttempt(attempt, DispatchedAnswer.From(reply, picked, clock, hides));
    }

    /// <summary>The name to ask for: the pool's own, or that of the adapter that answers for the model here.</summary>
    internal static byte[] ModelOf(Exchange exchange, UpstreamPool to) =>
        exchange.Route!.AdapterAt(to.Pool) is { } adapter ? RequestSplice.ModelJson(adapter) : to.ModelJson;

    /// <summary>What goes upstream of the caller's headers.</summary>
    internal static PassedHeaders HeadersOf(Exchange exchange)
    {
        var headers = exchange.Http.Request.Headers;
        return new PassedHeaders(exchange.Id, headers.TraceParent, headers.TraceState);
    }
}

/// <summary>An attempt that has ended, and what it came to.</summary>
/// <param name="Attempt">Where it went, and how long it took.</param>
/// <param name="Answer">The answer, or the fault.</param>
public readonly record struct SentAttempt(Attempt Attempt, DispatchedAnswer Answer);
