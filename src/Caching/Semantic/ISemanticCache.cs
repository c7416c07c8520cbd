namespace Gateway.Caching.Semantic;

/// <summary>Finds an entry whose ask means the same.</summary>
public interface ISemanticCache
{
    /// <summary>Looks for an entry of the question's scope that may answer it.</summary>
    ValueTask<SemanticFinding> FindAsync(CacheQuestion question, CancellationToken cancel);

    /// <summary>Makes an entry findable by its ask. Off the request's path.</summary>
    ValueTask AddAsync(CacheQuestion question, EntryFacts facts, CancellationToken cancel);

    /// <summary>Removes entries.</summary>
    ValueTask<long> RemoveAsync(EntryFilter filter, CancellationToken cancel);
}

/// <summary>What looking by meaning came to.</summary>
/// <param name="Id">The entry that may answer; null when none may.</param>
/// <param name="Similarity">How near it is, or the nearest was; null when nothing was near.</param>
/// <param name="IsDoubted">
/// Whether to see if the candidate's answer is right: for a hit by a fresh answer got in the background, for a miss by the answer that the
/// request gets anyway.
/// </param>
/// <param name="Reason">Why the nearest may not answer, in a few words.</param>
/// <param name="Candidate">The pair of ask and entry, to be judged later; null when nothing was near enough to learn from.</param>
public readonly record struct SemanticFinding(CacheKey? Id, float? Similarity, bool IsDoubted, string? Reason, SemanticCandidate? Candidate = null);
