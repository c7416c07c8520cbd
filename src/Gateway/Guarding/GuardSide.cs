using Gateway.Completions;
using Gateway.Guarding.Requests;
using Gateway.Guardrails;
using Gateway.Protocol;
using Gateway.Telemetry;

namespace Gateway.Guarding;

/// <summary>The guards as the flow uses them: may this request pass, and is the last word on it said.</summary>
public sealed class GuardSide(TimeProvider time, ILogger<GuardSide> log)
{
    /// <summary>Inspects the request; what is redacted is replaced in its body, and nothing behind this sees what stood there.</summary>
    /// <returns>The error to answer with; null when the request may pass as far as is known by now.</returns>
    public ValueTask<ApiError?> InspectAsync(Exchange exchange)
    {
        if (exchange.Blueprint.Guards is not { } setup)
            return default;
        var policy = setup.PolicyFor(exchange.Asked!, exchange.Route!, exchange.Ruling);
        var visit = new GuardVisit(policy);
        exchange.Guards = visit;
        return InputInspection.RunAsync(exchange, visit, time);
    }

    /// <summary>Waits for the verdicts that may come late. Nothing of an answer is shown before.</summary>
    /// <returns>The error to answer with; null when the request may pass.</returns>
    public ValueTask<ApiError?> ConfirmAsync(Exchange exchange) => exchange.Guards?.Late?.ConfirmAsync(exchange) ?? default;

    /// <summary>Tells what the guards did, and lets go of what they held, however the request ended.</summary>
    public void Close(Exchange exchange)
    {
        if (exchange.Guards is not { } visit)
            return;
        visit.Late?.End();
        var meters = exchange.Blueprint.Guards!.MetersOf(visit.Policy);
        Tell(exchange, visit.Input?.Report, meters.Input, "input");
        Tell(exchange, visit.Output, meters.Output, "output");
        visit.Prompt = [];
        visit.Texts?.Dispose();
        visit.Sent?.Dispose();
        visit.Original?.Dispose();
    }

    private void Tell(Exchange exchange, GuardReport? report, GuardMeter[] meters, string direction)
    {
        if (report is null)
            return;
        for (var i = 0; i < meters.Length; i++)
        {
            meters[i].Count(report, i);
            if (report.FailureOf(i) is { } why)
                log.GuardFailed(report.Steps[i].Name, exchange.Id, direction, report.Steps[i].FailsOpen ? "open" : "shut", why);
        }
    }
}
