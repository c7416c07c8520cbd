using System.Text;
using System.Text.Json;

namespace Gateway.EndToEnd.Calls;

/// <summary>Chat requests, as bodies and as calls.</summary>
internal static class Ask
{
    public const string Path = "v1/chat/completions";

    /// <param name="stream">Whether the answer is to be streamed.</param>
    /// <param name="model">The model asked for.</param>
    public static string Body(bool stream = false, string model = "chat") => $$"""
        {"model":"{{model}}","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"Say something."}]}
        """;

    public static async Task<HttpResponseMessage> PostAsync(HttpClient client, string body, string path = Path)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Opens a stream; it fails the test if it is refused.</summary>
    public static async Task<StreamedReply> StreamAsync(HttpClient client, string model = "chat")
    {
        var response = await PostAsync(client, Body(stream: true, model));
        Assert.Equal(200, (int)response.StatusCode);
        return await StreamedReply.OpenAsync(response);
    }

    /// <summary>The <c>error</c> of a refusal.</summary>
    public static async Task<JsonElement> ErrorOfAsync(HttpResponseMessage response)
    {
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return body.RootElement.GetProperty("error").Clone();
    }

    public static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));
}
