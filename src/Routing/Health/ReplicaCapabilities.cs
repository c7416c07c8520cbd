using System.Collections.Immutable;

namespace Gateway.Routing.Health;

/// <summary>What a replica turned out to be able to do when it was asked, once, before or soon after its first request.</summary>
public sealed record ReplicaCapabilities
{
    /// <summary>The names it serves, adapters included.</summary>
    public ImmutableArray<string> Models { get; init; } = [];

    /// <summary>Those of <see cref="Models"/> that are LoRA adapters.</summary>
    public ImmutableArray<string> Adapters { get; init; } = [];

    /// <summary>The version of vLLM that it says it is; null when it does not say.</summary>
    public string? Version { get; init; }

    /// <summary>Longest prompt and answer together, in tokens; null when it does not say.</summary>
    public int? ContextTokens { get; init; }

    /// <summary>Tokens its KV cache holds; null when it does not say.</summary>
    public long? KvTokens { get; init; }

    /// <summary>Whether it continues a half-said answer (<c>continue_final_message</c>) exactly where it stops.</summary>
    public bool Continues { get; init; }

    /// <summary>Whether it renders a chat to token ids and takes ids as a prompt, so that an answer can be continued token by token.</summary>
    public bool TakesTokens { get; init; }

    /// <summary>Whether it tells the ids of what it reads and says (<c>return_token_ids</c>), as far as its version lets one know.</summary>
    public bool ReturnsTokenIds { get; init; }
}
