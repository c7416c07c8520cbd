namespace Gateway.Caching;

/// <summary>Whether a request may be answered from the cache at all, and its answer be kept.</summary>
public static class Cacheability
{
    /// <summary>What a temperature that is not given stands for, in OpenAI's API and in vLLM's.</summary>
    public const double DefaultTemperature = 1;

    /// <summary>Why the cache is neither asked nor given anything; null when it is.</summary>
    public static string? BypassOf(in RequestTraits request, CacheLimits limits) =>
        request.IsDeclined ? "caller"
        : request.IsExempt ? "configured"
        : request.Bytes > limits.MostRequestBytes ? "request too large"
        : request.HasTooManyMembers ? "too many members"
        : request.Choices > 1 ? "n > 1"
        : request.IsInToolLoop ? "tool loop"
        : request.HasAttachments ? "attachments"
        : request.HasOddDelivery ? "stream options"
        : (request.Temperature ?? DefaultTemperature) > limits.MostTemperature ? "temperature"
        : null;
}

/// <summary>What of a request decides that.</summary>
public readonly record struct RequestTraits
{
    /// <summary>Its caller wants nothing of the cache.</summary>
    public bool IsDeclined { get; init; }

    /// <summary>The configuration wants none for it.</summary>
    public bool IsExempt { get; init; }

    /// <summary>Its length.</summary>
    public int Bytes { get; init; }

    /// <summary>It says more, each under a name of its own, than any request that makes sense.</summary>
    public bool HasTooManyMembers { get; init; }

    /// <summary>Answers asked for.</summary>
    public int Choices { get; init; }

    /// <summary>Tools were called in it: what they say is about now.</summary>
    public bool IsInToolLoop { get; init; }

    /// <summary>It holds what is not text.</summary>
    public bool HasAttachments { get; init; }

    /// <summary>It asks to be delivered in a way that a stored answer cannot be.</summary>
    public bool HasOddDelivery { get; init; }

    /// <summary>Null when not given.</summary>
    public double? Temperature { get; init; }
}

/// <summary>What the configuration allows.</summary>
/// <param name="MostTemperature">Above it answers are meant to differ.</param>
/// <param name="MostRequestBytes">Longer ones cost more to digest than they are likely to come again.</param>
public sealed record CacheLimits(double MostTemperature, int MostRequestBytes);
