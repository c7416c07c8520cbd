using System.Text.Json;
using Gateway.Protocol;
using Gateway.Routing;
using Gateway.Upstream;
using Gateway.Upstream.SideCalls;

namespace Gateway.Dispatch.Resume;

/// <summary>The raw completion that goes on in the middle of a thought: the prompt's tokens as a survivor renders it, and those of the thought so far.</summary>
/// <remarks>Asked for only when a stream has broken, so that streams that do not break pay nothing for it.</remarks>
internal static class TokenPrompt
{
    /// <summary>Tokens of the prompt's end that are looked at for an open thought: some templates open it themselves.</summary>
    private const int LookBack = 8;

    /// <returns>Null when the replica does not render, or not in a way that is known.</returns>
    public static async ValueTask<UpstreamCall?> CallAsync(Takeover takeover, UpstreamPool to, Replica replica)
    {
        var (exchange, journal) = (takeover.Exchange, takeover.Journal);
        var model = AttemptSender.ModelOf(exchange, to);
        using var clock = new AttemptClock(exchange.Lifetime!);
        var chat = new SplicedContent(RequestSplice.Of(exchange.Body!.Memory, exchange.Request!, model));
        var rendered = await AskAsync(to, replica, "/v1/chat/completions/render", chat, clock);
        if (JsonAnswer.Written(rendered, "token_ids") is not { Length: > 2 } prompt)
            return null;
        var end = await AskAsync(to, replica, "/detokenize", Question(model, "\"tokens\":"u8, LastOf(prompt), default), clock);
        if (end is not { } answer || !JsonAnswer.TryGet(answer, "prompt", JsonValueKind.String, out var tail))
            return null;
        // As it is written: text that is no Unicode cannot be taken out of it, and the marks are plain.
        var text = tail.GetRawText();
        var isOpen = text.LastIndexOf("<think>", StringComparison.Ordinal) > text.LastIndexOf("</think>", StringComparison.Ordinal);
        byte[] thought = [(byte)'"', .. isOpen ? default : "<think>\\n"u8, .. journal.Reasoning.Span, (byte)'"'];
        var said = await AskAsync(to, replica, "/tokenize", Question(model, "\"prompt\":"u8, thought, ",\"add_special_tokens\":false"u8), clock);
        if (JsonAnswer.Written(said, "tokens") is not { } ids)
            return null;
        byte[] all = [.. prompt.AsSpan()[..^1], .. ids.Length > 2 ? ","u8 : default, .. ids.AsSpan()[1..]];
        var limit = takeover.Fields.Limit - takeover.Generated ?? Room(ContextIn(said!.Value) ?? to.Pool.ContextTokens, all);
        if (limit < 1)
            return null;
        return RawCall(takeover, to, replica, RawBody.Build(takeover, model, all, limit));
    }

    /// <summary>A call that goes to the replica's raw completions.</summary>
    internal static UpstreamCall RawCall(Takeover takeover, UpstreamPool to, Replica replica, byte[] body) =>
        new(to, replica, RequestSplice.Of(body, []), IsStream: true, AttemptSender.HeadersOf(takeover.Exchange))
        {
            Address = replica.Paths.Of("/v1/completions"),
        };

    /// <summary>Tokens that the replica's context has left; without its length, as many as an answer rarely takes.</summary>
    internal static int Room(int? context, ReadOnlySpan<byte> ids) => (context ?? 32_768) - ids.Count((byte)',') - 1;

    private static int? ContextIn(JsonElement answer) =>
        JsonAnswer.TryGet(answer, "max_model_len", JsonValueKind.Number, out var length) && length.TryGetInt32(out var tokens) ? tokens : null;

    /// <summary>Asks the replica beside its requests; null when it has no answer, whatever the cause.</summary>
    internal static async ValueTask<JsonElement?> AskAsync(UpstreamPool to, Replica replica, string path, HttpContent question, AttemptClock clock)
    {
        var limit = to.Connections.Timeouts.FirstToken;
        clock.Allow(limit);
        using var reply = await SideCall.PostAsync(to.Connections, replica.Paths.Of(path), question, limit, clock.Token);
        return JsonAnswer.Of(reply);
    }

    internal static ByteArrayContent Question(byte[] model, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, ReadOnlySpan<byte> more) =>
        new([.. "{\"model\":"u8, .. model, .. ","u8, .. name, .. value, .. more, .. "}"u8]);

    /// <summary>The last ids of an array, as an array.</summary>
    private static byte[] LastOf(ReadOnlySpan<byte> array)
    {
        var inside = array[1..^1];
        var from = inside.Length;
        for (var ids = 0; ids < LookBack && from > 0; ids++)
            from = inside[..from].LastIndexOf((byte)',') is var comma and >= 0 ? comma : 0;
        return [(byte)'[', .. inside[from..].TrimStart((byte)','), (byte)']'];
    }
}
