using System.Net.Http.Headers;

namespace Gateway.Upstream;

/// <summary>A small question to a replica on the side, answered with JSON: how a prompt reads as tokens.</summary>
public static class JsonCall
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <param name="to">The pool, for its connections and its key.</param>
    /// <param name="address">Where to.</param>
    /// <param name="body">JSON, in pieces.</param>
    /// <param name="clock">Ends the call; it is given as long as a first token may take.</param>
    /// <returns>The answer's body; null when there is none, whatever the cause.</returns>
    public static async ValueTask<byte[]?> PostAsync(UpstreamPool to, Uri address, HttpContent body, AttemptClock clock)
    {
        try
        {
            using var request = new AttemptRequest(address) { Content = body };
            body.Headers.ContentType = Json;
            if (to.Connections.Authorization is { } authorization)
                request.Headers.TryAddWithoutValidation("Authorization", authorization);
            clock.Allow(to.Connections.Timeouts.FirstToken);
            using var response = await to.Connections.Invoker.SendAsync(request, clock.Token);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsByteArrayAsync(clock.Token) : null;
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
        {
            return null;
        }
    }
}
