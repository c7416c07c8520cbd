namespace Gateway.Caching.Stores.Memory;

/// <summary>An answer in memory, linked into one queue.</summary>
internal sealed class AnswerNode(CacheKey key, CachedAnswer answer, long weight)
{
    // Copied out of the answer: a look at it would be two more trips to memory.
    private readonly DateTimeOffset _expiresAt = answer.Facts.ExpiresAt;

    public CacheKey Key { get; } = key;

    /// <summary>What it holds.</summary>
    public CachedAnswer Answer { get; } = answer;

    /// <summary>What it weighs, in bytes.</summary>
    public long Weight { get; } = weight;

    /// <summary>How many had been put to the front of its queue when it was.</summary>
    public long Turn { get; set; }

    /// <summary>The queue it stands in; null while it stands in none.</summary>
    public AnswerQueue? Queue { get; set; }

    /// <summary>Its neighbour towards the front.</summary>
    public AnswerNode? Newer { get; set; }

    /// <summary>Its neighbour towards the end.</summary>
    public AnswerNode? Older { get; set; }

    public bool IsExpired(DateTimeOffset now) => _expiresAt <= now;
}

/// <summary>Answers in the order of their last use, and what they weigh together.</summary>
/// <remarks>One that is among the newest eighth already is left where it is: moving it would cost more than its exact place is worth.</remarks>
internal sealed class AnswerQueue
{
    private const int NewestShare = 8;

    private long _turns;
    private int _count;

    /// <summary>What its answers weigh together, in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>The one used last.</summary>
    public AnswerNode? Newest { get; private set; }

    /// <summary>The one not used for the longest time.</summary>
    public AnswerNode? Oldest { get; private set; }

    /// <summary>Puts an answer that stands in no queue to the front.</summary>
    public void Add(AnswerNode node)
    {
        (node.Queue, node.Newer, node.Older) = (this, null, Newest);
        if (Newest is not null)
            Newest.Newer = node;
        Newest = node;
        Oldest ??= node;
        Bytes += node.Weight;
        _count++;
        node.Turn = ++_turns;
    }

    /// <summary>Takes one of its answers out.</summary>
    public void Remove(AnswerNode node)
    {
        if (node.Newer is null)
            Newest = node.Older;
        else
            node.Newer.Older = node.Older;
        if (node.Older is null)
            Oldest = node.Newer;
        else
            node.Older.Newer = node.Newer;
        (node.Queue, node.Newer, node.Older) = (null, null, null);
        Bytes -= node.Weight;
        _count--;
    }

    /// <summary>Puts one of its answers to the front, or near enough.</summary>
    public void Touch(AnswerNode node)
    {
        if (_turns - node.Turn <= _count / NewestShare)
            return;
        Remove(node);
        Add(node);
    }
}
