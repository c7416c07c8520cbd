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
}
