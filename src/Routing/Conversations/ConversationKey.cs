namespace Gateway.Routing.Conversations;

/// <summary>Tells one conversation from another: a hash of what does not change from turn to turn.</summary>
/// <param name="Value">The hash; equal for the turns of a conversation.</param>
public readonly record struct ConversationKey(ulong Value)
{
    /// <summary>Whether the conversation falls into the first <paramref name="share"/> of all, always the same ones.</summary>
    /// <param name="share">In [0, 1].</param>
    /// <param name="salt">Makes independent draws of the same conversations.</param>
    public bool FallsInto(double share, ulong salt) => (Mix(Value ^ salt) >> 11) * (1.0 / (1UL << 53)) < share;

    /// <summary>The key of the same conversation as somebody else remembers it, who must not disturb what is remembered here.</summary>
    public ConversationKey Apart() => new(Mix(~Value));

    /// <summary>Spreads every bit over all others: the finaliser of MurmurHash3.</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xff51afd7ed558ccd;
        value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53;
        return value ^ (value >> 33);
    }
}
