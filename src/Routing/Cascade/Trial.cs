using Gateway.Routing.Conversations;

namespace Gateway.Routing.Cascade;

/// <summary>Another way to route a model's requests, tried on some of its conversations.</summary>
/// <param name="Route">The model whose routing is tried.</param>
/// <param name="Share">Share of the conversations, in [0, 1].</param>
/// <param name="IsShadow">The other way only says what it would do; the model's own way does it.</param>
public sealed record Trial(ModelRoute Route, double Share, bool IsShadow)
{
    /// <summary>One draw for all trials, so that raising a share keeps the conversations that are in it.</summary>
    private const ulong Salt = 0x7472_6961_6c00_0001;

    /// <summary>Whether this conversation takes part; all its turns do, or none.</summary>
    public bool Takes(ConversationKey conversation) => conversation.FallsInto(Share, Salt);
}
