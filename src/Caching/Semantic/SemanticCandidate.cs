namespace Gateway.Caching.Semantic;

/// <summary>An ask beside the entry that answered it, or nearly did: what a later verdict is about. Holds no text.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Scope">The scope of both.</param>
/// <param name="Class">Whose bar it was held against.</param>
/// <param name="Similarity">How near they are.</param>
/// <param name="Bar">What was asked of them.</param>
/// <param name="Place">Where the ask lies, so that the asks around it can be held to more; one byte a dimension.</param>
public sealed record SemanticCandidate(CacheKey Id, CacheKey Scope, AskClass Class, float Similarity, float Bar, ReadOnlyMemory<sbyte> Place)
{
    /// <summary>Whether the entry answered.</summary>
    public bool IsHit => Similarity >= Bar;
}

/// <summary>Who says whether a candidate was right.</summary>
public enum VerdictSource : byte
{
    /// <summary>A fresh answer to the same ask was compared with the stored one.</summary>
    Verification,

    /// <summary>A caller said so. Only blame counts: praise would let one caller loosen the bar for all others of its class.</summary>
    Caller,
}
