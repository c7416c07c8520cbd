using System.Buffers.Text;
using Gateway.Completions;
using Gateway.Protocol;
using Gateway.Routing.Admission;

namespace Gateway.Dispatch.Admission;

/// <summary>Reads off a request what it is queued by.</summary>
internal static class Claims
{
    /// <summary>Tokens an answer is reckoned at when its caller names no limit: the length of a long paragraph.</summary>
    private const int UnknownAnswer = 512;

    /// <summary>A caller's limit is no forecast: SDKs and agents send thousands by default and mean nothing by it.</summary>
    private const int LongestAnswer = 4096;

    /// <summary>Beyond this a request is no dearer in the queue, so that one of them costs its caller a bounded number of turns.</summary>
    private const int MostTokens = 65_536;

    /// <summary>The band: the rule's word, else the caller's own, which may only step back from the middle.</summary>
    public static int PriorityOf(Exchange exchange)
    {
        if (exchange.Plan!.Priority is { } ruled)
            return ruled;
        var range = exchange.Request!.Priority;
        if (range.IsEmpty)
            return 0;
        var text = range.In(exchange.Body!.Span);
        return Utf8Parser.TryParse(text, out int priority, out var read) && read == text.Length ? Math.Max(0, priority) : 0;
    }

    public static AdmissionClaim Of(Exchange exchange)
    {
        var request = exchange.Request!;
        var answer = Math.Min(request.MaxTokens is { } most and > 0 ? most : UnknownAnswer, LongestAnswer);
        var tokens = TokenEstimate.OfBody(exchange.Body!.Length) + ((long)answer * request.Choices);
        return new AdmissionClaim(PriorityOf(exchange), CallerOf(exchange.Http.Request.Headers), (int)Math.Min(tokens, MostTokens));
    }

    /// <summary>A request of a route that the flow does not read: people's, and as dear as its bytes.</summary>
    public static AdmissionClaim OfPassed(HttpContext http, int bytes) =>
        new(0, CallerOf(http.Request.Headers), Math.Min(TokenEstimate.OfBody(bytes), MostTokens));

    /// <summary>Who asks, by the key that is presented.</summary>
    private static CallerMark CallerOf(IHeaderDictionary headers) =>
        CallerMark.Of(headers.Authorization.ToString() is { Length: > 0 } key ? key : headers["x-api-key"].ToString());
}
