using Gateway.Completions;
using Gateway.Protocol;

namespace Gateway.Guarding;

/// <summary>The guards as the flow uses them: may this request pass, and is the last word on it said.</summary>
public sealed class GuardSide
{
    /// <summary>Inspects the request; what is redacted is replaced in its body, and nothing behind this sees what stood there.</summary>
    /// <returns>The error to answer with; null when the request may pass as far as is known by now.</returns>
    public ValueTask<ApiError?> InspectAsync(Exchange exchange)
    {
        if (exchange.Blueprint.Guards is { } setup)
            exchange.Guards = new GuardVisit(setup.PolicyFor(exchange.Asked!, exchange.Route!, exchange.Ruling));
        return default;
    }

    /// <summary>Waits for the verdicts that may come late. Nothing of an answer is shown before.</summary>
    /// <returns>The error to answer with; null when the request may pass.</returns>
    public ValueTask<ApiError?> ConfirmAsync(Exchange exchange) => exchange.Guards?.Late?.ConfirmAsync(exchange) ?? default;

    /// <summary>Tells what the guards did, and lets go of what they held, however the request ended.</summary>
    public void Close(Exchange exchange)
    {
        exchange.Guards?.Late?.End();
    }
}
