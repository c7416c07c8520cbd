using System.Globalization;
using Gateway.Cache.Answers;
using Gateway.Cache.Flights;
using Gateway.Caching;
using Gateway.Routing;

namespace Gateway.Cache;

/// <summary>What one request has to do with the cache.</summary>
public sealed class CacheVisit
{
    /// <summary>The setup it began with.</summary>
    public required CacheSetup Setup { get; init; }

    /// <summary>What the configuration says for it.</summary>
    public required CachePolicy Policy { get; init; }

    /// <summary>What it asks; null when the cache is bypassed.</summary>
    public CacheQuestion? Question { get; init; }

    /// <summary>What looking came to; null when the caller wants a fresh answer that is then kept.</summary>
    public CacheLookup? Lookup { get; set; }

    /// <summary>Takes down the answer on its way to the caller, to be kept; null when it will not be.</summary>
    public AnswerRecording? Recording { get; set; }

    /// <summary>The flight that it leads; null when it leads none.</summary>
    public Flight? Flight { get; set; }

    /// <summary>Its seat in another request's flight, until it is left.</summary>
    public FlightSeat? Seat { get; set; }

    /// <summary>Whose flight gave it its answer; null when none did.</summary>
    public Flight? Followed { get; set; }

    /// <summary>Whether its answer cost nothing.</summary>
    public bool IsKnown => Followed is not null || Hit is not null;

    public CacheLookup.Hit? Hit => Lookup as CacheLookup.Hit;

    /// <summary>For <c>x-gateway-cache</c> and the log.</summary>
    public string Describe() => Followed is not null ? "hit flight" : Lookup switch
    {
        null => "refresh",
        CacheLookup.Hit { Similarity: null } => "hit exact",
        CacheLookup.Hit { Similarity: { } similarity } => $"hit semantic {Number(similarity)}",
        CacheLookup.Bypass bypass => $"bypass {bypass.Reason}",
        CacheLookup.Miss { Reason: { } reason, Similarity: { } similarity } => $"miss {reason} {Number(similarity)}",
        CacheLookup.Miss { Reason: { } reason } => $"miss {reason}",
        _ => "miss",
    };

    /// <summary>Takes down frames of the answer, for what is stored and for whoever follows.</summary>
    /// <param name="frames">The frames, or parts of them.</param>
    /// <param name="served">The pool that they come from.</param>
    /// <param name="isShown">Whether the caller gets them.</param>
    public void Note(ReadOnlySpan<byte> frames, Pool? served, bool isShown)
    {
        if (Flight is not null)
            Flight.Append(frames, served, isShown);
        else if (Followed is null)
            Recording?.Append(frames);
    }

    private static string Number(float similarity) => similarity.ToString("0.00", CultureInfo.InvariantCulture);
}
