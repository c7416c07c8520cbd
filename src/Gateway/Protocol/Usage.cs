namespace Gateway.Protocol;

/// <summary>Tokens of one answer, as the upstream counted them.</summary>
/// <param name="Prompt">Prompt tokens.</param>
/// <param name="Completion">Generated tokens, reasoning included.</param>
/// <param name="Cached">Prompt tokens that the replica had cached; 0 when it does not say.</param>
public readonly record struct Usage(int Prompt, int Completion, int Cached)
{
    /// <summary>How long the request waited in the replica's queue; null when it does not say.</summary>
    public TimeSpan? Queued { get; init; }
}
