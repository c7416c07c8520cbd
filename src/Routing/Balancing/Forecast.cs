namespace Gateway.Routing.Balancing;

/// <summary>What a picker expects of a request at the replica it picked. The default value expects nothing: the picker did not look.</summary>
/// <param name="PromptTokens">Tokens of the prompt, estimated.</param>
/// <param name="MatchedTokens">Of those, the ones that the replica was sent not too long ago, as far as it is remembered.</param>
/// <param name="HitTokens">Of those, the ones it is believed to have still: never more than were matched.</param>
/// <param name="Seconds">To the first token.</param>
public readonly record struct Forecast(int PromptTokens, int MatchedTokens, int HitTokens, float Seconds)
{
    /// <summary>Tokens the replica has to read.</summary>
    public int Uncached => PromptTokens - HitTokens;

    /// <summary>Whether there is one.</summary>
    public bool IsMade => PromptTokens > 0;
}
