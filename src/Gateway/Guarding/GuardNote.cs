using System.Collections.Immutable;
using Gateway.Completions;
using Gateway.Guardrails;

namespace Gateway.Guarding;

/// <summary>What guards did with a request and its answer, in the words of <c>x-gateway-guard</c> and the log. Holds no text.</summary>
internal static class GuardNote
{
    /// <summary>The response header.</summary>
    public const string Header = "x-gateway-guard";

    /// <summary>Where a route is served whose texts nobody inspects.</summary>
    public const string NotRun = "not run";

    /// <summary>As <c>input: secrets passed; pii redacted email 2; output: pii watching</c>, as far as is known by now; null where no guards are configured.</summary>
    public static string? Of(Exchange exchange)
    {
        if (exchange.Guards is not { } visit)
            return null;
        if (visit.Policy is { Input: [], Output: [] })
            return GuardPolicy.None.Name;
        var input = visit.Input is { } chain ? $"input: {chain.Report.Describe()}{(chain.IsWaiting ? " (a verdict is still to come)" : "")}" : null;
        var output = OutputOf(exchange, visit) is { } words ? $"output: {words}" : null;
        return input is null ? output : output is null ? input : $"{input}; {output}";
    }

    private static string? OutputOf(Exchange exchange, GuardVisit visit)
    {
        if (visit.Policy.Output.IsEmpty)
            return null;
        if (visit.Output is { } report)
            return report.Describe();
        if (exchange.Error is not null)
            return NotRun;
        if (exchange.Cache is { IsKnown: true } cache)
            return cache.Hit is not null ? "stored" : "shared";
        return exchange.Request is { Stream: true } ? Watching(visit.Policy.Output) : NotRun;
    }

    private static string Watching(ImmutableArray<GuardStep> steps) => $"{string.Join(", ", steps.Select(static step => step.Name))} watching";
}
