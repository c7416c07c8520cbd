using System.Net;
using System.Text;

namespace Gateway.Bench.Overload;

/// <summary>Asks for streams, and notes how each went.</summary>
public sealed class Caller(Uri address, TimeProvider time) : IDisposable
{
    private const string Filler = "The committee met on Tuesday to consider the plans for the new bridge, and heard three reports about the river. ";

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false });
    private int _serial;

    /// <summary>One request and its answer.</summary>
    /// <param name="from">Who asks.</param>
    /// <param name="patience">How long it stays.</param>
    public async Task<Outcome> AskAsync(CallerGroup from, TimeSpan patience)
    {
        var startedAt = time.GetTimestamp();
        using var leave = new CancellationTokenSource(patience, time);
        try
        {
            using var request = Request(from);
            using var response = await _http.SendAsync(request, leave.Token);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
                return new Outcome(response.Headers.RetryAfter is null ? Ending.Broken : Ending.TurnedAway, default, response.Headers.RetryAfter?.Delta ?? default);
            return response.IsSuccessStatusCode ? await ReadAsync(response, startedAt, leave.Token) : new Outcome(Ending.Broken, default, default);
        }
        catch (OperationCanceledException)
        {
            return new Outcome(Ending.Left, default, default);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new Outcome(Ending.Broken, default, default);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<Outcome> ReadAsync(HttpResponseMessage response, long startedAt, CancellationToken leave)
    {
        await using var body = await response.Content.ReadAsStreamAsync(leave);
        var (buffer, tail, firstToken) = (new byte[16 * 1024], "", TimeSpan.Zero);
        while (await body.ReadAsync(buffer, leave) is var read and > 0)
        {
            if (firstToken == TimeSpan.Zero && buffer.AsSpan(0, read).IndexOf("data: "u8) >= 0)
                firstToken = time.GetElapsedTime(startedAt);
            tail = (tail + Encoding.UTF8.GetString(buffer, 0, read))[^Math.Min(tail.Length + read, 32)..];
        }

        return new Outcome(tail.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal) ? Ending.Answered : Ending.Broken, firstToken, default);
    }

    private HttpRequestMessage Request(CallerGroup from)
    {
        var serial = Interlocked.Increment(ref _serial);
        var prompt = string.Concat(Enumerable.Repeat(Filler, 8)) + serial;
        var priority = from.Priority == 0 ? "" : $",\"priority\":{from.Priority}";
        var body = $$"""{"model":"llm","stream":true{{priority}},"max_tokens":{{Site.AnswerTokens}},"messages":[{"role":"user","content":"{{serial}} {{prompt}}"}]}""";
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "v1/chat/completions"))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {from.Name}");
        return request;
    }
}

/// <summary>Callers with one key.</summary>
/// <param name="Name">What the report calls them.</param>
/// <param name="Share">Of the load.</param>
/// <param name="Priority">Of their requests; 10 and more is batch.</param>
public sealed record CallerGroup(string Name, double Share, int Priority);

/// <summary>How a request went.</summary>
/// <param name="Ending">How it ended.</param>
/// <param name="FirstToken">From asking to the first token.</param>
/// <param name="RetryAfter">What it was told when it was turned away.</param>
public readonly record struct Outcome(Ending Ending, TimeSpan FirstToken, TimeSpan RetryAfter);

/// <summary>The ways a request can end.</summary>
public enum Ending
{
    /// <summary>A whole stream.</summary>
    Answered,

    /// <summary>A 429 with a <c>Retry-After</c>.</summary>
    TurnedAway,

    /// <summary>The caller's patience was over.</summary>
    Left,

    /// <summary>Anything else; there should be none.</summary>
    Broken,
}
