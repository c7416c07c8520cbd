using Gateway.Routing.Conversations;

namespace Gateway.Routing.Learning;

/// <summary>The corrections in force for one scope: the promoted one, and one that is being tried on a share of conversations.</summary>
/// <param name="Current">The promoted correction; null while the default alone decides.</param>
/// <param name="Candidate">The one on trial; null when there is none.</param>
/// <param name="Share">Share of conversations that the candidate decides for, in [0, 1].</param>
public sealed record Arms(Correction? Current, Correction? Candidate, double Share)
{
    public static readonly Arms None = new(null, null, 0);

    /// <summary>An own draw of conversations, so that a trial of the configuration and one of a correction do not coincide.</summary>
    private const ulong Salt = 0x6c65_6172_6e00_0001;

    /// <summary>The correction for a conversation: the same one at each of its turns.</summary>
    /// <param name="conversation">Null when it is not known: then the promoted one.</param>
    public Correction? Of(ConversationKey? conversation) =>
        Candidate is not null && conversation is { } key && key.FallsInto(Share, Salt) ? Candidate : Current;
}
