namespace Gateway.Routing.Balancing;

/// <summary>What a picker may know of a request. The default value knows nothing, and pickers must do with that.</summary>
/// <param name="PromptTokens">Tokens of the whole rendered request, estimated.</param>
/// <param name="Blocks">
/// Hashes of the rendered request's prefix, block by block, each over all that precedes it: two requests that share the first n hashes share
/// that prefix. Empty where no picker asks for them.
/// </param>
public readonly record struct PickRequest(int PromptTokens, ReadOnlyMemory<ulong> Blocks)
{
    /// <summary>The LoRA adapter that shall answer; null for the pool's own model.</summary>
    public string? Adapter { get; init; }
}
