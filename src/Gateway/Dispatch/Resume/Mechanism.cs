namespace Gateway.Dispatch.Resume;

/// <summary>How another replica takes a stream over.</summary>
public enum Mechanism
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>The request again from its beginning, for nothing of its answer has been shown.</summary>
    Restart,

    /// <summary>The request with the half-said answer as its last message, to be continued (<c>continue_final_message</c>).</summary>
    Continue,

    /// <summary>The prompt's tokens as a replica renders it, and those of the thought's text, as a raw completion.</summary>
    Tokens,

    /// <summary>The very tokens of prompt and answer, as a raw completion.</summary>
    Ids,

    /// <summary>The request again, its answer swallowed as long as it equals what was shown.</summary>
    Replay,
}
