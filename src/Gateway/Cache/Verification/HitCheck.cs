using Gateway.Caching;
using Gateway.Caching.Semantic;

namespace Gateway.Cache.Verification;

/// <summary>A pair of ask and entry whose answer shall be compared with a fresh one. Texts live in memory, until they are compared.</summary>
/// <param name="Candidate">The pair.</param>
/// <param name="Cache">Who learns from it.</param>
/// <param name="Answers">Where the entry's answer is.</param>
public sealed record HitCheck(SemanticCandidate Candidate, SemanticCache Cache, AnswerCache Answers)
{
    /// <summary>The caller's request, to be asked again; null when there is a fresh answer.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The pool to ask again: the one that gave the entry's answer.</summary>
    public string Pool { get; init; } = "";

    /// <summary>The group of pools that the request may not leave; null when it may go anywhere.</summary>
    public string? Group { get; init; }

    /// <summary>The fresh answer as JSON, where the request got one.</summary>
    public ReadOnlyMemory<byte> Fresh { get; init; }
}
