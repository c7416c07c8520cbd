namespace Gateway.Caching.Stores.Memory;

/// <summary>An answer in memory, linked into one queue.</summary>
internal sealed class AnswerNode(CacheKey key)
{
    public CacheKey Key { get; } = key;

    /// <summary>What it holds.</summary>
    public required CachedAnswer Answer { get; set; }

    /// <summary>What it weighs, in bytes.</summary>
    public long Weight { get; set; }

    /// <summary>The queue it stands in; null while it stands in none.</summary>
    public AnswerQueue? Queue { get; set; }

    /// <summary>Its neighbour towards the front.</summary>
    public AnswerNode? Newer { get; set; }

    /// <summary>Its neighbour towards the end.</summary>
    public AnswerNode? Older { get; set; }

    public bool IsExpired(DateTimeOffset now) => Answer.Facts.ExpiresAt <= now;
}

/// <summary>Answers in the order of their last use, and what they weigh together.</summary>
internal sealed class AnswerQueue
{
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
    }

    /// <summary>Puts one of its answers to the front.</summary>
    public void Touch(AnswerNode node)
    {
        if (node == Newest)
            return;
        Remove(node);
        Add(node);
    }
}
