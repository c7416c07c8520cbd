using System.Text.Json;
using Gateway.Protocol;
using Gateway.Routing;
using Gateway.Upstream;

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
        using var chat = new SplicedContent(RequestSplice.Of(exchange.Body!.Memory, exchange.Request!, model));
        var rendered = await JsonCall.PostAsync(to, new Uri(replica.Address, "v1/chat/completions/render"), chat, clock);
        if (TokenReply.Read(rendered, "token_ids"u8).Ids is not { Length: > 2 } prompt)
            return null;
        using var end = Ask(model, "\"tokens\":"u8, LastOf(prompt), default);
        var tail = await JsonCall.PostAsync(to, new Uri(replica.Address, "detokenize"), end, clock);
        if (tail is null)
            return null;
        var isOpen = tail.AsSpan().LastIndexOf("<think>"u8) > tail.AsSpan().LastIndexOf("</think>"u8);
        byte[] thought = [(byte)'"', .. isOpen ? default : "<think>\\n"u8, .. journal.Reasoning.Span, (byte)'"'];
        using var said = Ask(model, "\"prompt\":"u8, thought, ",\"add_special_tokens\":false"u8);
        var tokens = TokenReply.Read(await JsonCall.PostAsync(to, new Uri(replica.Address, "tokenize"), said, clock), "tokens"u8);
        if (tokens.Ids is not { } ids)
            return null;
        byte[] all = [.. prompt.AsSpan()[..^1], .. ids.Length > 2 ? ","u8 : default, .. ids.AsSpan()[1..]];
        var limit = takeover.Fields.Limit - takeover.Generated ?? Room(tokens.MaxModelLength ?? to.Pool.ContextTokens, all);
        if (limit < 1)
            return null;
        var body = RawBody.Build(exchange.Body.Span, model, all, limit, Math.Max(0, takeover.Fields.Least - takeover.Generated));
        return new UpstreamCall(to, replica, RequestSplice.Of(body, []), IsStream: true, AttemptSender.HeadersOf(exchange))
        {
            Address = new Uri(replica.Address, "v1/completions"),
        };
    }

    /// <summary>Tokens that the replica's context has left; without its length, as many as an answer rarely takes.</summary>
    private static int Room(int? context, ReadOnlySpan<byte> ids) => (context ?? 32_768) - ids.Count((byte)',') - 1;

    private static ByteArrayContent Ask(byte[] model, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, ReadOnlySpan<byte> more) =>
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

/// <summary>A list of token ids out of a reply, as it is written there.</summary>
/// <param name="Ids">A JSON array; null when there is none.</param>
/// <param name="MaxModelLength">The replica's context, where the reply tells it.</param>
internal readonly record struct TokenReply(byte[]? Ids, int? MaxModelLength)
{
    public static TokenReply Read(ReadOnlySpan<byte> reply, ReadOnlySpan<byte> name)
    {
        var (ids, length) = ((byte[]?)null, (int?)null);
        try
        {
            var json = new Utf8JsonReader(reply);
            while (json.Read())
            {
                if (json.CurrentDepth != 1 || json.TokenType != JsonTokenType.PropertyName)
                    continue;
                var (isIds, isLength) = (JsonText.Is(ref json, name), JsonText.Is(ref json, "max_model_len"u8));
                json.Read();
                if (isLength && json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var value))
                    length = value;
                var start = (int)json.TokenStartIndex;
                var isArray = json.TokenType == JsonTokenType.StartArray;
                json.Skip();
                if (isIds && isArray)
                    ids = reply[start..(int)json.BytesConsumed].ToArray();
            }
        }
        catch (JsonException)
        {
            return default;
        }

        return new TokenReply(ids, length);
    }
}
