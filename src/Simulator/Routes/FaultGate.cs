using System.Text;
using Gateway.Simulator.Faults;
using Gateway.Simulator.Hosting;
using Gateway.Simulator.Requests;
using Gateway.Simulator.Wire;

namespace Gateway.Simulator.Routes;

/// <summary>Finds an inference request's fault and acts on those that come before any answer.</summary>
internal static class FaultGate
{
    private const string Header = "x-sim-fault";

    /// <summary>The header's fault, else the script's next. Returns the reply to a header that is wrong, or null.</summary>
    public static Task? Take(Serving serving, HttpContext context, out Fault? fault)
    {
        if (!context.Request.Headers.TryGetValue(Header, out var text))
        {
            fault = serving.Faults.Take();
            return null;
        }
        if (Fault.TryParse(text.ToString(), out fault)) return null;
        return Reply.Bytes(context, Encoding.UTF8.GetBytes(FaultText.Refusal(text.ToString())), "text/plain", 400);
    }

    /// <summary>What a fault does instead of an answer, or null if there is to be one.</summary>
    public static Task? Act(Exchange exchange, Fault? fault)
    {
        switch (fault?.Kind)
        {
            case FaultKind.Refuse or FaultKind.ResetBeforeHeaders:
                exchange.Reset();
                return Task.CompletedTask;
            case FaultKind.Status:
                return Status(exchange.Context, fault);
            default:
                return null;
        }
    }

    private static Task Status(HttpContext context, Fault fault)
    {
        if (fault.Delay is { } wait) context.Response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString();
        var body = fault.StatusCode switch
        {
            401 => ErrorBody.Plain("Unauthorized"),
            500 => ErrorBody.Json(Failure.Engine, ErrorDialect.Python),
            503 => ErrorBody.Plain("The model is currently scaling. Please try again later."),
            var code => ErrorBody.Json(new Failure(code, code == 429 ? "RateLimitError" : "SimulatedError", $"Simulated status {code}.", null), ErrorDialect.Python),
        };
        return Reply.Json(context, body, fault.StatusCode);
    }
}
