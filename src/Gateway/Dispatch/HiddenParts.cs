namespace Gateway.Dispatch;

/// <summary>What of an answer only the gateway asked for, and the caller is not to see.</summary>
[Flags]
public enum HiddenParts
{
    None = 0,

    /// <summary>The tokens' log-probabilities.</summary>
    Logprobs = 1,

    /// <summary>The usage so far, on chunks that carry part of the answer.</summary>
    RunningUsage = 2,

    /// <summary>The ids of the answer's tokens.</summary>
    TokenIds = 4,

    /// <summary>The ids of the prompt's tokens.</summary>
    PromptTokenIds = 8,

    /// <summary>The thought.</summary>
    Thought = 16,
}
