namespace Gateway.Routing;

/// <summary>What a pool's tokens cost, in USD per million.</summary>
/// <param name="Input">Prompt tokens.</param>
/// <param name="CachedInput">Prompt tokens whose keys and values the replica still has.</param>
/// <param name="Output">Generated tokens.</param>
public readonly record struct TokenPrice(double Input, double CachedInput, double Output)
{
    /// <summary>USD for a request.</summary>
    /// <param name="prompt">Prompt tokens, cached ones included.</param>
    /// <param name="cached">Of those, the cached ones.</param>
    /// <param name="completion">Generated tokens.</param>
    public double Of(double prompt, double cached, double completion) =>
        (((prompt - cached) * Input) + (cached * CachedInput) + (completion * Output)) / 1_000_000;
}
