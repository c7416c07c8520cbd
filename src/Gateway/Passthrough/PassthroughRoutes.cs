namespace Gateway.Passthrough;

/// <summary>The vLLM routes that are passed through. Whatever is not listed here or mapped elsewhere is 404.</summary>
/// <remarks>
/// An allow-list, because vLLM guards only some of its paths with its own key and has others that change the server
/// (adapters, sleep, caches), which are nobody's business from outside.
/// </remarks>
public static class PassthroughRoutes
{
    public static readonly string[] Paths =
    [
        "/v1/completions", "/v1/responses", "/v1/messages", "/v1/messages/count_tokens",
        "/v1/embeddings", "/v2/embed", "/pooling", "/classify", "/score", "/v1/score",
        "/rerank", "/v1/rerank", "/v2/rerank",
        "/v1/audio/transcriptions", "/v1/audio/translations",
        "/tokenize", "/detokenize", "/v1/chat/completions/render", "/v1/completions/render",
    ];

    public static void MapPassthrough(this IEndpointRouteBuilder routes, PassthroughEndpoint endpoint)
    {
        foreach (var path in Paths)
            routes.MapPost(path, http => endpoint.HandleAsync(http, path));
    }
}
