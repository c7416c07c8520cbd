using Gateway.Cache.Flights;
using Gateway.Completions;
using Gateway.Dispatch;
using Gateway.Upstream;

namespace Gateway.Delivery;

/// <summary>Gives a caller the answer that another one is being given: frame by frame where both want the same stream, else at its end.</summary>
public sealed class FollowedReply(CachedReply cached, ErrorReply errors)
{
    /// <returns>False when there is nothing to follow, or when it came to nothing before any of it was shown: then the request goes on by itself.</returns>
    public async ValueTask<bool> TryAsync(Exchange exchange, EventWriter? caller)
    {
        if (exchange.Cache is not { Seat: { } seat } visit)
            return false;
        try
        {
            if (seat.IsLive && await FollowAsync(exchange, seat, caller!) is { } isGiven)
                return isGiven;
            var end = await seat.Flight.End.WaitAsync(exchange.Http.RequestAborted);
            if (end.Body is not { } body)
                return false;
            visit.Followed = seat.Flight;
            await cached.SendAsync(exchange, body, caller);
            return true;
        }
        finally
        {
            visit.Seat = null;
            seat.Dispose();
        }
    }

    /// <returns>Whether the caller was given anything; null when the leader had no frames to show and its answer may still be one.</returns>
    private async ValueTask<bool?> FollowAsync(Exchange exchange, FlightSeat seat, EventWriter caller)
    {
        var cancel = exchange.Http.RequestAborted;
        while (true)
        {
            var read = await seat.Frames.ReadAsync(cancel);
            if (!read.Buffer.IsEmpty)
            {
                exchange.Cache!.Followed = seat.Flight;
                await caller.BeginAsync();
                foreach (var part in read.Buffer)
                    caller.Write(part.Span);
                if (!await caller.FlushAsync())
                    return true;
            }

            seat.Taken(read.Buffer.Length);
            seat.Frames.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }

        if (!exchange.IsCommitted)
            return seat.IsLost ? false : null;
        var end = await seat.Flight.End.WaitAsync(cancel);
        if (end.IsWhole && !seat.IsLost)
        {
            exchange.IsDelivered = true;
            return true;
        }

        var fault = new UpstreamFault(FaultKind.Cut, seat.IsLost ? "the caller reads too slowly to share an answer" : "the answer that was shared broke off");
        exchange.BrokenBy = fault;
        await errors.SendAsync(exchange, FaultReply.Interrupted(exchange, fault), caller);
        return true;
    }
}
