using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Gateway.Simulator.Tests;

/// <summary>A caller with connections of its own.</summary>
internal sealed class Caller : IDisposable
{
    private readonly HttpClient _http;

    public Caller(SimulatedReplica replica) => _http = new HttpClient(
        // A reply that is not wanted any more is dropped at once, not read for two seconds in the hope of reusing the connection.
        new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero })
    {
        BaseAddress = replica.Address,
        Timeout = TimeSpan.FromSeconds(20),
    };

    public const string ChatPath = "/v1/chat/completions";

    /// <summary>A chat request; <paramref name="more"/> is further fields, each with a comma before it.</summary>
    public static string Hello(string more = "") => "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]" + more + "}";

    public async Task<HttpResponseMessage> PostAsync(string path, string body, Fault? fault = null, CancellationToken ct = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (fault is not null) request.Headers.Add("x-sim-fault", fault.ToString());
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    /// <summary>The body of a reply with that status.</summary>
    public async Task<string> TextAsync(string path, string body, Fault? fault = null, int status = 200)
    {
        using var response = await PostAsync(path, body, fault);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {text}");
        return text;
    }

    public async Task<JsonElement> JsonAsync(string path, string body, Fault? fault = null, int status = 200) =>
        JsonDocument.Parse(await TextAsync(path, body, fault, status)).RootElement;

    /// <summary>The frames of a stream, without "data: " and blank lines.</summary>
    public async Task<string[]> FramesAsync(string body, string path = ChatPath, Fault? fault = null) =>
        Split(await TextAsync(path, body, fault));

    public static string[] Split(string stream) =>
        [.. stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(frame =>
        {
            Assert.StartsWith("data: ", frame);
            return frame[6..];
        })];

    public async Task<string> GetAsync(string path, int status = 200)
    {
        using var response = await _http.GetAsync(path);
        Assert.Equal(status, (int)response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>The value of a metric's line; labels after the model's are part of the name.</summary>
    public async Task<double> MetricAsync(string line)
    {
        foreach (var each in (await GetAsync("/metrics")).Split('\n'))
            if (each.StartsWith(line, StringComparison.Ordinal)) return double.Parse(each[(each.LastIndexOf(' ') + 1)..]);
        throw new InvalidOperationException($"no line begins with {line}");
    }

    /// <summary>Waits for something that another thread brings about.</summary>
    public static async Task UntilAsync(Func<bool> met)
    {
        for (var i = 0; i < 2000; i++)
        {
            if (met()) return;
            await Task.Delay(5);
        }
        Assert.Fail("it never came about");
    }

    public void Dispose() => _http.Dispose();
}
