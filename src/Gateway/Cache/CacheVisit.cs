using System.Globalization;
using Gateway.Cache.Answers;
using Gateway.Caching;

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

    public CacheLookup.Hit? Hit => Lookup as CacheLookup.Hit;

    /// <summary>For <c>x-gateway-cache</c> and the log.</summary>
    public string Describe() => Lookup switch
    {
        null => "refresh",
        CacheLookup.Hit { Similarity: null } => "hit exact",
        CacheLookup.Hit { Similarity: { } similarity } => $"hit semantic {Number(similarity)}",
        CacheLookup.Bypass bypass => $"bypass {bypass.Reason}",
        CacheLookup.Miss { Reason: { } reason, Similarity: { } similarity } => $"miss {reason} {Number(similarity)}",
        CacheLookup.Miss { Reason: { } reason } => $"miss {reason}",
        _ => "miss",
    };

    private static string Number(float similarity) => similarity.ToString("0.00", CultureInfo.InvariantCulture);
}
