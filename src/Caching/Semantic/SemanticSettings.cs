using System.Collections.Immutable;
using Gateway.Caching.Semantic.Bounds;

namespace Gateway.Caching.Semantic;

/// <summary>How near is near enough, and what looking may cost.</summary>
public sealed record SemanticSettings
{
    /// <summary>The bar before anything is learned, on the scale of the embedder that confirms.</summary>
    public float Similarity { get; init; } = 0.92f;

    /// <summary>The same for asks that hold code: a change of one name moves an embedding little and the answer much.</summary>
    public float CodeSimilarity { get; init; } = 0.95f;

    /// <summary>In place of both, by model.</summary>
    public ImmutableDictionary<string, float> SimilarityOfModel { get; init; } = ImmutableDictionary<string, float>.Empty;

    /// <summary>From which similarity on, on the finder's scale, an entry is looked at.</summary>
    public float FindAbove { get; init; } = 0.6f;

    /// <summary>How many entries are looked at.</summary>
    public int Candidates { get; init; } = 4;

    /// <summary>How long an ask's confirmation may take.</summary>
    public TimeSpan ConfirmWithin { get; init; } = TimeSpan.FromMilliseconds(15);

    /// <summary>Longest ask compared by meaning, in characters: an embedder reads some 256 tokens, and what it does not read it cannot tell apart.</summary>
    public int LongestAsk { get; init; } = 1_000;

    /// <summary>For how long the asks around a bad entry are held to more.</summary>
    public TimeSpan ScarFor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How much more.</summary>
    public float ScarRaise { get; init; } = 0.04f;

    /// <summary>How the bars move.</summary>
    public BoundSettings Bound { get; init; } = new();

    /// <summary>The bar of a class before anything is learned.</summary>
    internal float PriorOf(AskClass asks) =>
        SimilarityOfModel.TryGetValue(asks.Model, out var own) ? own
        : asks.Form == AskForm.Code ? CodeSimilarity
        : Similarity;
}
