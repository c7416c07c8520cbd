using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Gateway.Caching.Stores.Qdrant;

/// <summary>Calls to a Qdrant server's REST API.</summary>
/// <param name="http">What sends them; whoever made it disposes of it.</param>
/// <param name="settings">Where to.</param>
internal sealed class QdrantClient(HttpMessageInvoker http, QdrantSettings settings)
{
    /// <summary>As much of a refusal as goes into a message.</summary>
    private const int LongestReason = 300;

    private readonly Uri _root = new(settings.Address.AbsoluteUri.TrimEnd('/') + "/");

    /// <summary>Asks; the answer is null when there is no such thing.</summary>
    /// <exception cref="HttpRequestException">It was refused, or not reached.</exception>
    /// <exception cref="JsonException">The answer is none of Qdrant's.</exception>
    public async Task<T?> GetAsync<T>(string path, JsonTypeInfo<T> form, CancellationToken cancel)
        where T : class
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, cancel);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        await DemandSuccessAsync(response, cancel);
        return await ReadAsync(response, form, cancel);
    }

    /// <summary>Sends a body and reads the answer.</summary>
    /// <exception cref="HttpRequestException">It was refused, or not reached.</exception>
    /// <exception cref="JsonException">The answer is none of Qdrant's.</exception>
    public async Task<TAnswer> PostAsync<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> form, JsonTypeInfo<TAnswer> answerForm, CancellationToken cancel)
    {
        using var response = await SendAsync(HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(body, form), cancel);
        await DemandSuccessAsync(response, cancel);
        return await ReadAsync(response, answerForm, cancel);
    }

    /// <summary>Sends a body of which only success is wanted to be known.</summary>
    /// <exception cref="HttpRequestException">It was refused, or not reached.</exception>
    public async Task SendAsync<T>(HttpMethod method, string path, T body, JsonTypeInfo<T> form, CancellationToken cancel)
    {
        using var response = await SendAsync(method, path, JsonSerializer.SerializeToUtf8Bytes(body, form), cancel);
        await DemandSuccessAsync(response, cancel);
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(method, new Uri(_root, path));
        if (settings.ApiKey is { } key)
            request.Headers.TryAddWithoutValidation("api-key", key);
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return http.SendAsync(request, cancel);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> form, CancellationToken cancel)
    {
        var content = await response.Content.ReadAsByteArrayAsync(cancel);
        return JsonSerializer.Deserialize(content, form) ?? throw new JsonException("the answer is null");
    }

    private static async Task DemandSuccessAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.IsSuccessStatusCode)
            return;
        var text = await response.Content.ReadAsStringAsync(cancel);
        throw new HttpRequestException(
            $"{(int)response.StatusCode} {text[..Math.Min(text.Length, LongestReason)]}", inner: null, response.StatusCode);
    }
}
