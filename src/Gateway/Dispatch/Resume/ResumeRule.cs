using Gateway.Upstream;

namespace Gateway.Dispatch.Resume;

/// <summary>Whether a broken stream goes on elsewhere, and by which means. A pure function, so that its whole table can be read in its test.</summary>
/// <remarks>
/// By the very tokens where they are known and a raw completion can go on behind them. Else the cheapest means that is exact: nothing
/// shown, start over; text shown, let the chat go on; a thought shown, which a chat cannot leave open, go by tokens. A grammar's state cannot
/// be handed over, so an answer bound by one is said again from its beginning and compared.
/// </remarks>
internal static class ResumeRule
{
    /// <summary>Engines that a request may take down with an error of their own: after the second one it is the request.</summary>
    private const int MostDeaths = 2;

    public static Mechanism Decide(FaultKind fault, ResumeCase stream)
    {
        if (!MayPass(fault) || stream.IsLost || stream.Migrations >= stream.MostMigrations || stream.Deaths >= MostDeaths)
            return Mechanism.None;
        if (WhyNotByIds(stream) is null)
            return Mechanism.Ids;
        if (!stream.ShowsText && !stream.ShowsThought)
            return Mechanism.Restart;
        if (stream.IsBound)
            return Mechanism.None;
        if (stream.IsStructured)
            return Mechanism.Replay;
        if (stream.ShowsText)
            return Mechanism.Continue;
        // The thought's tokens as they read, where nothing of the prompt or the request gets lost on that way.
        if (stream is { MayTakeTokens: true, WantsLogprobs: false, HasAttachments: false, BoundsThought: false })
            return Mechanism.Tokens;
        return stream.HoldsCall ? Mechanism.Continue : Mechanism.None;
    }

    /// <summary>Why a stream does not go on by the very tokens; null when it does.</summary>
    public static string? WhyNotByIds(ResumeCase stream) =>
        !stream.KnowsIds ? "no_ids"
        : stream.IsBound ? "bound"
        : stream.IsStructured ? "structured"
        : stream.WantsLogprobs ? "logprobs"
        // Ids stand for an image's place, not for the image.
        : stream.HasAttachments ? "attachments"
        // Raw text does not tell calls from text.
        : stream is { OffersTools: true, HasContent: true } ? "tools"
        // How much of the thought a raw completion takes for spent is not known.
        : stream is { BoundsThought: true, HasContent: false } ? "thought_budget"
        : null;

    /// <summary>Faults that another replica need not have.</summary>
    private static bool MayPass(FaultKind fault) => fault is
        FaultKind.Cut or FaultKind.Reset or FaultKind.StaleConnection or FaultKind.ServerError or FaultKind.Aborted or FaultKind.Garbage or FaultKind.Stalled;
}

/// <summary>What is known of a stream that broke.</summary>
/// <param name="Migrations">Times it has gone on elsewhere already.</param>
/// <param name="MostMigrations">Times it may.</param>
internal readonly record struct ResumeCase(int Migrations, int MostMigrations)
{
    /// <summary>Engines that failed on it.</summary>
    public int Deaths { get; init; }

    /// <summary>What was shown is not all known.</summary>
    public bool IsLost { get; init; }

    /// <summary>Some of the answer's text was shown that is more than white space.</summary>
    public bool ShowsText { get; init; }

    /// <summary>Some of the answer's text was shown, be it white space.</summary>
    public bool HasContent { get; init; }

    /// <summary>Some thought was shown.</summary>
    public bool ShowsThought { get; init; }

    /// <summary>The ids of prompt and answer are known, up to some text or thought.</summary>
    public bool KnowsIds { get; init; }

    /// <summary>A tool call has begun, and nothing of it was shown.</summary>
    public bool HoldsCall { get; init; }

    /// <summary>The answer may call tools.</summary>
    public bool OffersTools { get; init; }

    /// <summary>The prompt is not of text alone.</summary>
    public bool HasAttachments { get; init; }

    /// <summary>The length of the thought is bounded by the request.</summary>
    public bool BoundsThought { get; init; }

    /// <summary>The request is of a kind that cannot be continued.</summary>
    public bool IsBound { get; init; }

    /// <summary>The answer's form is bound by a grammar.</summary>
    public bool IsStructured { get; init; }

    /// <summary>Log-probabilities were asked for, which raw completions give in another form.</summary>
    public bool WantsLogprobs { get; init; }

    /// <summary>The replicas take token ids, or nobody knows that they do not.</summary>
    public bool MayTakeTokens { get; init; }
}
