namespace Gateway.Routing.Learning;

/// <summary>The corrections in force for one scope: the promoted one, and one that is being tried on a share of conversations.</summary>
/// <param name="Current">The promoted correction; null while the default alone decides.</param>
/// <param name="Candidate">The one on trial; null when there is none.</param>
/// <param name="Share">Share of conversations that the candidate decides for, in [0, 1].</param>
public sealed record Arms(Correction? Current, Correction? Candidate, double Share)
{
    public static readonly Arms None = new(null, null, 0);

    /// <summary>The correction for a conversation: the same one at each of its turns.</summary>
    /// <param name="conversation">Any hash of what identifies it.</param>
    public Correction? Of(ulong conversation)
    {
        if (Candidate is null)
            return Current;
        // 2^64 over the golden ratio, so that neighbouring hashes do not fall on the same side together.
        var spread = conversation * 0x9E3779B97F4A7C15UL;
        return (spread >> 11) * (1.0 / (1UL << 53)) < Share ? Candidate : Current;
    }
}
