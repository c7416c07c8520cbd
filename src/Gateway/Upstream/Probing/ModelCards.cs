using System.Collections.Immutable;
using System.Text.Json;
using Gateway.Upstream.SideCalls;

namespace Gateway.Upstream.Probing;

/// <summary>What a list of models says: the names served, which of them are adapters, and the context length.</summary>
/// <param name="Names">All names, adapters included.</param>
/// <param name="Adapters">Names of LoRA adapters: those that have a parent.</param>
/// <param name="ContextTokens">The longest <c>max_model_len</c> named; null when none is.</param>
internal sealed record ModelCards(ImmutableArray<string> Names, ImmutableArray<string> Adapters, int? ContextTokens)
{
    public static ModelCards None { get; } = new([], [], null);

    /// <summary>Reads the answer of <c>GET /v1/models</c>; what it does not understand it leaves out.</summary>
    public static ModelCards Read(JsonElement list)
    {
        if (!JsonAnswer.TryGet(list, "data", JsonValueKind.Array, out var cards))
            return None;
        var (names, adapters, context) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<string>(), (int?)null);
        foreach (var card in cards.EnumerateArray())
        {
            if (!JsonAnswer.TryGet(card, "id", JsonValueKind.String, out var id))
                continue;
            names.Add(id.GetString()!);
            if (JsonAnswer.TryGet(card, "parent", JsonValueKind.String, out _))
                adapters.Add(id.GetString()!);
            if (JsonAnswer.TryGet(card, "max_model_len", JsonValueKind.Number, out var length) && length.TryGetInt32(out var tokens))
                context = Math.Max(context ?? 0, tokens);
        }

        return new ModelCards(names.ToImmutable(), adapters.ToImmutable(), context);
    }
}
