using System.Globalization;
using Gateway.Protocol;
using Gateway.Routing.Admission;

namespace Gateway.Dispatch.Admission;

/// <summary>What became of a request that found no place at once: how long it waited, and which pools turned it away.</summary>
public sealed class QueueNote
{
    private string _shedBy = "";

    /// <summary>Time spent in queues, all pools together.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Whether the last pool that was asked turned it away.</summary>
    public bool IsShed { get; private set; }

    /// <summary>The shortest pause that any of these pools asked for; zero when none turned it away.</summary>
    public TimeSpan RetryAfter { get; private set; }

    public void Add(string pool, in Admittance outcome)
    {
        Waited += outcome.Waited;
        IsShed = !outcome.IsEntered && outcome.Verdict != AdmissionVerdict.GivenUp;
        if (!IsShed)
            return;
        _shedBy += $"; {pool} {Words(outcome.Verdict)}";
        if (RetryAfter == TimeSpan.Zero || outcome.RetryAfter < RetryAfter)
            RetryAfter = outcome.RetryAfter;
    }

    /// <summary>For <c>x-gateway-route</c>, behind the plan's reason.</summary>
    public string Describe() =>
        _shedBy + (Waited > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $"; queued {Waited.TotalMilliseconds:0} ms") : "");

    /// <summary>What a caller is told whom no pool of the plan had room for.</summary>
    /// <param name="model">The name it asked for.</param>
    public ApiError ToError(string model) => new(
        429, "rate_limit_error", "overloaded",
        $"'{model}' has more requests than it can answer in time{_shedBy}. Come back after the time in Retry-After.", RetryAfter: RetryAfter);

    private static string Words(AdmissionVerdict verdict) => verdict switch
    {
        AdmissionVerdict.QueueFull => "queue full",
        AdmissionVerdict.WaitTooLong => "queue too slow",
        AdmissionVerdict.Displaced => "queue gave way",
        _ => "queue timed out",
    };
}
