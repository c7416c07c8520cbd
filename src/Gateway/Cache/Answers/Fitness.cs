using Gateway.Dispatch.Verification;
using Gateway.Routing.Cascade.Checks;

namespace Gateway.Cache.Answers;

/// <summary>Whether an answer is one that others may be given: whole, in words, and all of it understood.</summary>
internal static class Fitness
{
    private static readonly RefusalCheck Refusals = new();

    /// <summary>A refusal is one whatever was offered.</summary>
    private static readonly Offer Nothing = new(default, default, null);

    /// <param name="pieces">The answer.</param>
    /// <param name="body">The same as it would be stored.</param>
    /// <returns>Why not, in a word or two; null when it is.</returns>
    public static string? FlawOf(AnswerPieces pieces, ReadOnlySpan<byte> body) =>
        pieces.IsStrange ? "form"
        : pieces.CallsTool || Ended(pieces, "\"tool_calls\""u8) ? "tool calls"
        : pieces.Finish is null ? "incomplete"
        : Ended(pieces, "\"length\""u8) ? "truncated"
        : pieces.IsRefused || Ended(pieces, "\"content_filter\""u8) ? "refused"
        : !Ended(pieces, "\"stop\""u8) ? "form"
        : pieces.Content.IsEmpty ? "empty"
        : IsRefusal(body) ? "refused"
        : null;

    private static bool Ended(AnswerPieces pieces, ReadOnlySpan<byte> reason) => reason.SequenceEqual(pieces.Finish);

    private static bool IsRefusal(ReadOnlySpan<byte> body)
    {
        var draft = new DraftAnswer();
        DraftReader.Read(body, draft);
        return Refusals.Flags(draft, Nothing);
    }
}
