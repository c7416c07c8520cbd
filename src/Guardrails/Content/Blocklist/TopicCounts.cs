namespace Gateway.Guardrails.Content.Blocklist;

/// <summary>Counts the different terms of each topic within <see cref="Span"/> bytes.</summary>
internal sealed class TopicCounts
{
    /// <summary>Bytes within which a topic's terms have to end: a long paragraph. Longer would have to be shown again with each piece of a stream.</summary>
    public const int Span = 1024;

    private readonly Dictionary<int, Recent> _topics = [];

    /// <summary>Notes a term that ends at a place, none of the same topic ending behind it so far, and says how many different ones there are.</summary>
    public int Add(int topic, int term, int end)
    {
        if (!_topics.TryGetValue(topic, out var recent))
            _topics.Add(topic, recent = new Recent());
        recent.Places.Enqueue((term, end));
        recent.Counts[term] = recent.Counts.GetValueOrDefault(term) + 1;
        while (recent.Places.Peek() is var (old, place) && place <= end - Span)
        {
            recent.Places.Dequeue();
            if (--recent.Counts[old] == 0)
                recent.Counts.Remove(old);
        }

        return recent.Counts.Count;
    }

    private sealed class Recent
    {
        public Queue<(int Term, int End)> Places { get; } = [];

        public Dictionary<int, int> Counts { get; } = [];
    }
}
