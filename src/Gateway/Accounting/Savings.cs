using Gateway.Completions;

namespace Gateway.Accounting;

/// <summary>What it saved that a smaller pool of a cascade answered: token spend avoided, and tokens the large pool did not have to take.</summary>
/// <remarks>
/// Reckoned as if the large pool had been sent the same prompt and had written as much. It is spend by the price of tokens: a GPU
/// that is paid for by the hour costs what it costs, and gains only the tokens.
/// </remarks>
/// <param name="Usd">Spend avoided; 0 when a pool has no price.</param>
/// <param name="Prompt">Prompt tokens.</param>
/// <param name="Completion">Generated tokens.</param>
public readonly record struct Savings(decimal Usd, int Prompt, int Completion)
{
    /// <summary>Null when the largest pool answered, or nothing was chosen, or what was used is not known.</summary>
    public static Savings? Of(Exchange exchange)
    {
        if (exchange is not { Route: { Choice: not null } route, AnsweredBy: { } pool, Usage: { } usage })
            return null;
        var largest = route.Cascade[^1];
        if (pool.Pool == largest || !route.Cascade.Contains(pool.Pool))
            return null;
        var usd = exchange.Blueprint.UpstreamOf(largest).CostOf(usage) - pool.CostOf(usage);
        return new Savings(usd ?? 0, usage.Prompt, usage.Completion);
    }
}
