using Gateway.Caching;
using Gateway.Completions;
using Gateway.Dispatch;
using Gateway.Protocol;

namespace Gateway.Delivery;

/// <summary>Everything a caller can be sent: an answer whole or streamed, or an error.</summary>
public sealed class CallerSide(StreamRelay relay, WholeReply whole, CachedReply cached, FollowedReply followed, ErrorReply errors, TimeProvider time)
{
    /// <summary>Opens the caller's side of a stream; null when the answer was not asked for as one.</summary>
    public EventWriter? Open(Exchange exchange) => exchange.Request!.Stream
        ? new EventWriter(exchange, exchange.Blueprint.Options.Server.Heartbeat, time)
        : null;

    public ValueTask RefuseAsync(Exchange exchange, ApiError error, EventWriter? events = null) => errors.SendAsync(exchange, error, events);

    /// <summary>Hands out an answer that was known.</summary>
    public async ValueTask RepeatAsync(Exchange exchange, CacheLookup.Hit hit)
    {
        await using var events = Open(exchange);
        await cached.SendAsync(exchange, hit.Answer.Body, events);
    }

    /// <summary>Gives the caller what another one is being given for the same request.</summary>
    /// <returns>Whether it was given anything.</returns>
    public ValueTask<bool> FollowAsync(Exchange exchange, EventWriter? events) => followed.TryAsync(exchange, events);

    public ValueTask DeliverAsync(Exchange exchange, DispatchedAnswer answer, EventWriter? events)
    {
        if (answer.Error is { } error)
            return errors.SendAsync(exchange, error, events);
        return events is null ? whole.SendAsync(exchange, answer.Whole!, answer.HidesLogprobs) : relay.RunAsync(exchange, answer, events);
    }
}
