using System.Globalization;
using Gateway.Protocol;
using Gateway.Routing;
using Gateway.Routing.Balancing;
using Gateway.Upstream;

namespace Gateway.Dispatch;

/// <summary>One try at one replica.</summary>
/// <param name="Pool">The pool it belongs to.</param>
/// <param name="Replica">Where it went.</param>
/// <param name="Fault">Why it gave no answer; null when it did.</param>
/// <param name="Took">From sending to the first token, to the whole answer, or to the fault.</param>
public sealed record Attempt(Pool Pool, Replica Replica, UpstreamFault? Fault, TimeSpan Took)
{
    /// <summary>What its picker expected.</summary>
    public Forecast Forecast { get; init; }

    /// <summary>Why this replica, where a warm cache spoke for it; null otherwise.</summary>
    public string? DescribeHit() => Forecast.HitTokens == 0 ? null : string.Create(
        CultureInfo.InvariantCulture, $"; {Forecast.HitTokens} of {Forecast.PromptTokens} tokens cached at {Replica.Name}, first token in {Forecast.Seconds:0.00} s");

    /// <summary>Compares that with what the answer says was cached.</summary>
    public void Settle(Usage usage)
    {
        if (Forecast.IsMade)
            Replica.Settle(Forecast, usage.Prompt, usage.Cached, usage.Completion);
    }
}
