using System.Text;
using Gateway.Simulator.Faults;
using Gateway.Simulator.Hosting;

namespace Gateway.Simulator.Routes;

/// <summary>
/// <c>POST /sim/fault?times=N</c> with a fault's text queues it, <c>?times=always</c> makes it permanent, <c>DELETE /sim/fault</c>
/// forgets all. No part of vLLM.
/// </summary>
internal sealed class FaultRoute(Serving serving)
{
    public async Task ServeAsync(HttpContext context)
    {
        if (HttpMethods.IsDelete(context.Request.Method)) serving.Faults.Clear();
        else if (!HttpMethods.IsPost(context.Request.Method))
        {
            await Reply.Empty(context, 405);
            return;
        }
        else
        {
            using var body = await RequestBody.ReadAsync(context);
            if (Refusal(Encoding.UTF8.GetString(body.Memory.Span), context.Request.Query["times"].ToString()) is { } refusal)
            {
                await Reply.Bytes(context, Encoding.UTF8.GetBytes(refusal), "text/plain", 400);
                return;
            }
        }
        // A 204 may not carry a length.
        context.Response.StatusCode = 204;
    }

    private string? Refusal(string text, string times)
    {
        if (!Fault.TryParse(text, out var fault)) return FaultText.Refusal(text);
        if (times == "always") serving.Faults.Always = fault;
        else if (times.Length == 0) serving.Faults.Next(fault);
        else if (int.TryParse(times, out var count) && count > 0) serving.Faults.Next(fault, count);
        else return $"times is '{times}'; write a number above 0, or always";
        return null;
    }
}
