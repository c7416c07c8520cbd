using System.Text.Json;
using Gateway.Routing;
using Gateway.Upstream;
using Gateway.Upstream.SideCalls;

namespace Gateway.Dispatch.Resume;

/// <summary>The raw completion that goes on behind the very tokens of prompt and answer, as the lost replica named them.</summary>
/// <remarks>
/// Nothing is rendered or tokenized for it. Only where text may lag behind the ids, since a replica holds back what may become a stop
/// string, or sends several tokens at a time, is the survivor asked for the text of the ids: the prompt then ends where the caller's text
/// does, or before, and what is said again of it is dropped.
/// </remarks>
internal static class IdPrompt
{
    /// <summary>Most tokens that are taken back to find one whose text the caller has whole; vLLM's four stop strings are rarely of more.</summary>
    private const int MostTakenBack = 64;

    /// <returns>Null when it is not known what the ids stand for, or nothing is left to generate.</returns>
    public static async ValueTask<UpstreamCall?> CallAsync(Takeover takeover, UpstreamPool to, Replica replica)
    {
        var model = AttemptSender.ModelOf(takeover.Exchange, to);
        if (takeover.TextMayLag && !await AlignAsync(takeover, to, replica, model))
            return null;
        var ids = takeover.Journal.Ids!.ToPrompt();
        var context = replica.Capabilities?.ContextTokens ?? to.Pool.ContextTokens;
        var limit = takeover.Fields.Limit - takeover.Generated ?? TokenPrompt.Room(context, ids);
        return limit < 1 ? null : TokenPrompt.RawCall(takeover, to, replica, RawBody.Build(takeover, model, ids, limit));
    }

    /// <summary>Takes tokens back until the caller has all their text.</summary>
    private static async ValueTask<bool> AlignAsync(Takeover takeover, UpstreamPool to, Replica replica, byte[] model)
    {
        var (journal, ids) = (takeover.Journal, takeover.Journal.Ids!);
        using var clock = new AttemptClock(takeover.Exchange.Lifetime!);
        for (var back = 0; back <= MostTakenBack; back += 1 + (back / 4))
        {
            var tokens = ids.Shown - back;
            if (tokens < 1)
                return false;
            byte[] written = [(byte)'[', .. ids.Written(tokens), (byte)']'];
            var answer = await TokenPrompt.AskAsync(
                to, replica, "/detokenize", TokenPrompt.Question(model, "\"tokens\":"u8, written, default), clock);
            if (answer is not { } said || !JsonAnswer.TryGet(said, "prompt", JsonValueKind.String, out var text))
                return false;
            if (SaidText.BeyondOf(journal, text.GetRawText()) is not { } beyond)
                continue;
            journal.Align(tokens, beyond.Content, beyond.Reasoning);
            return true;
        }

        return false;
    }
}
