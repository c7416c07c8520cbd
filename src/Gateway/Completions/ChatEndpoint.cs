using Gateway.Hosting;

namespace Gateway.Completions;

/// <summary><c>POST /v1/chat/completions</c>.</summary>
public sealed class ChatEndpoint(LiveBlueprint live, CompletionFlow flow, TimeProvider time)
{
    public Task HandleAsync(HttpContext http)
    {
        var exchange = new Exchange(http, live.Current, RequestId.Of(http), time.GetTimestamp());
        return flow.RunAsync(exchange);
    }
}
