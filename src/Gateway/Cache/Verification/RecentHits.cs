using Gateway.Caching;
using Gateway.Caching.Semantic;

namespace Gateway.Cache.Verification;

/// <summary>The hits by meaning that their callers can still complain of, by request. Holds no text. Safe for threads.</summary>
public sealed class RecentHits(TimeProvider time)
{
    /// <summary>The oldest gives way; with some 600 bytes each 5 MB.</summary>
    private const int Most = 8_192;

    private static readonly TimeSpan Keep = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (RecentHit Hit, DateTimeOffset At)> _hits = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public void Add(string request, RecentHit hit)
    {
        lock (_gate)
        {
            // An id that comes again keeps its place in the line, which is early for its second hit and does no harm.
            if (!_hits.ContainsKey(request))
                _order.Enqueue(request);
            _hits[request] = (hit, time.GetUtcNow());
            while (_order.Count > Most)
                _hits.Remove(_order.Dequeue());
        }
    }

    /// <summary>The hit that a request was; null when it was none of this owner's, or is too long ago.</summary>
    public RecentHit? Find(string request, string owner)
    {
        lock (_gate)
            return _hits.TryGetValue(request, out var known) && known.Hit.Owner == owner && time.GetUtcNow() - known.At <= Keep ? known.Hit : null;
    }
}

/// <summary>An answer that was given by meaning.</summary>
/// <param name="Owner">Whose request it was, also where all callers share one cache: each speaks for his own.</param>
/// <param name="Candidate">The pair of ask and entry.</param>
/// <param name="Answers">The cache that it came from.</param>
public sealed record RecentHit(string Owner, SemanticCandidate Candidate, AnswerCache Answers);
