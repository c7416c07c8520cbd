namespace Gateway.Routing.Balancing;

/// <summary>What a picker may know of a request. The default value knows nothing, and pickers must do with that.</summary>
/// <param name="PromptTokens">Tokens of the whole rendered request, estimated.</param>
/// <param name="Blocks">
/// Hashes of the rendered request's prefix, block by block, each over all that precedes it: two requests that share the first n hashes share
/// that prefix. Empty where no picker asks for them.
/// </param>
public readonly record struct PickRequest(int PromptTokens, ReadOnlyMemory<ulong> Blocks)
{
    /// <summary>Tokens a block stands for: four of vLLM's, and few enough hashes that 100,000 tokens take 1,563.</summary>
    public const int TokensPerBlock = 64;

    /// <summary>Blocks that are looked at: 131,072 tokens, beyond which two prompts that agree so far are one and the same to a picker.</summary>
    public const int MostBlocks = 131_072 / TokensPerBlock;

    /// <summary>The LoRA adapter that shall answer; null for the pool's own model.</summary>
    public string? Adapter { get; init; }
}
