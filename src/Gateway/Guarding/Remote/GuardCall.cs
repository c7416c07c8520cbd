using System.Net.Http.Headers;
using System.Text.Json;

namespace Gateway.Guarding.Remote;

/// <summary>Asks by POST and says what came of it.</summary>
internal static class GuardCall
{
    /// <summary>The longest answer that is read, in bytes: room for thousands of findings.</summary>
    private const int LongestAnswer = 1024 * 1024;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <param name="invoker">The connections.</param>
    /// <param name="address">Where the question goes.</param>
    /// <param name="authorization">The header's value; null for none.</param>
    /// <param name="question">The question, as JSON.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static async ValueTask<GuardReply> PostAsync(
        HttpMessageInvoker invoker, Uri address, string? authorization, ReadOnlyMemory<byte> question, CancellationToken cancel)
    {
        var reply = await SendAsync(invoker, address, authorization, question, cancel);
        // A kept connection that the other side was just closing says nothing; a question changes nothing there, so it may be put twice.
        return reply.IsStale ? await SendAsync(invoker, address, authorization, question, cancel) : reply;
    }

    private static async ValueTask<GuardReply> SendAsync(
        HttpMessageInvoker invoker, Uri address, string? authorization, ReadOnlyMemory<byte> question, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(question) };
        request.Content.Headers.ContentType = Json;
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        var hasBegun = false;
        try
        {
            using var response = await invoker.SendAsync(request, cancel);
            hasBegun = true;
            return response.IsSuccessStatusCode
                ? await ReadAsync(response, cancel)
                : GuardReply.Refused((int)response.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or System.Net.Sockets.SocketException)
        {
            return hasBegun ? GuardReply.Lost("cut off") : Explain(e);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The time for connecting was up.
            return GuardReply.Lost("no connection");
        }
    }

    private static GuardReply Explain(Exception e) => (e as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError => GuardReply.Lost("no connection"),
        HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded => GuardReply.Lost("not HTTP"),
        _ => GuardReply.Lost("cut off") with { IsStale = true },
    };

    private static async ValueTask<GuardReply> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.Content.Headers.ContentLength > LongestAnswer)
            return GuardReply.Unreadable("answer too long");
        using var stream = await response.Content.ReadAsStreamAsync(cancel);
        var (buffer, length) = (new byte[4096], 0);
        while (await stream.ReadAsync(buffer.AsMemory(length), cancel) is var read and > 0)
        {
            length += read;
            if (length > LongestAnswer)
                return GuardReply.Unreadable("answer too long");
            if (length == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }

        return new GuardReply(buffer.AsMemory(0, length), null);
    }
}

/// <summary>What asking came to.</summary>
/// <param name="Body">The answer; empty when there is none.</param>
/// <param name="Failure">Why there is none; null when there is one.</param>
internal readonly record struct GuardReply(ReadOnlyMemory<byte> Body, string? Failure)
{
    // A member that stands twice is read one way here and another way there, so it is not read at all.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The status of a refusal; 0 when there is none.</summary>
    public int Status { get; private init; }

    /// <summary>Whether the failure shows that whoever is asked is not able to answer anyone.</summary>
    public bool IsOutage { get; private init; }

    /// <summary>Whether the connection ended before an answer began.</summary>
    public bool IsStale { get; init; }

    /// <summary>What it says of whoever was asked.</summary>
    public bool? IsUp => Failure is null ? true : IsOutage ? false : null;

    public static GuardReply Lost(string why) => new(default, why) { IsOutage = true };

    public static GuardReply Unreadable(string why) => new(default, why);

    public static GuardReply Refused(int status) =>
        new(default, status.ToString(System.Globalization.CultureInfo.InvariantCulture)) { Status = status, IsOutage = status is >= 500 or 408 or 429 };

    /// <summary>The answer as JSON, to be disposed; null when it is none.</summary>
    public JsonDocument? Parse()
    {
        try
        {
            return JsonDocument.Parse(Body, Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
