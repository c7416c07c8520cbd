using System.Collections.Concurrent;
using Gateway.Caching;
using Gateway.Completions;

namespace Gateway.Cache.Flights;

/// <summary>The answers that are on their way, so that nobody asks for one of them again.</summary>
public sealed class SingleFlight
{
    private readonly ConcurrentDictionary<CacheKey, Flight> _flights = new();

    /// <summary>Takes a seat in the flight that is under way for this question, or begins one.</summary>
    internal void Board(Exchange exchange, CacheVisit visit)
    {
        var (key, request) = (visit.Question!.Exact, exchange.Request!);
        if (_flights.TryGetValue(key, out var flight)
            && flight.Join(isLive: request.Stream && flight.IsStream && flight.AsksUsage == request.AsksUsage) is { } seat)
        {
            visit.Seat = seat;
            return;
        }

        var own = new Flight(visit.Recording!, request.Stream, request.AsksUsage, exchange.Http.RequestAborted);
        if (flight is null ? _flights.TryAdd(key, own) : _flights.TryUpdate(key, own, flight))
            visit.Flight = own;
        else
            own.Dispose();
    }

    /// <summary>Ends the flight that this request leads, if it leads one.</summary>
    internal void Land(CacheVisit visit)
    {
        if (visit.Flight is not { } flight)
            return;
        _flights.TryRemove(KeyValuePair.Create(visit.Question!.Exact, flight));
        flight.Dispose();
    }
}
