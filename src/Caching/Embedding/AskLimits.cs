namespace Gateway.Caching.Embedding;

/// <summary>How long an ask an embedder takes, and what it says of one that it does not.</summary>
public static class AskLimits
{
    /// <summary>The most pieces of an ask: what all-MiniLM-L6-v2 was trained with (256), less the two that begin and end a sequence.
    /// A longer ask has no vector, rather than that of its beginning.</summary>
    public const int MostPieces = 254;

    /// <summary>The most characters that are cut into pieces at all: English has 4 to 5 to a piece.</summary>
    public const int MostCharacters = 8192;

    /// <summary>The ask is too long.</summary>
    public const string TooLong = "the ask is too long for the embedder";

    /// <summary>The ask has no words.</summary>
    public const string Nothing = "the ask has nothing to embed";
}
