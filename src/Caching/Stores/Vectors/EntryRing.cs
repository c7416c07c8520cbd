namespace Gateway.Caching.Stores.Vectors;

/// <summary>All entries of the index in memory in a ring, over which a hand goes that takes out what was not found since it last came by.</summary>
/// <remarks>The clock algorithm: near to "the one not used for the longest time", with one bit an entry and nothing to do when one is found.</remarks>
internal sealed class EntryRing
{
    private readonly List<VectorNode?> _places = [];
    private readonly Stack<int> _free = [];
    private int _hand;

    public int Count => _places.Count - _free.Count;

    public IEnumerable<VectorNode> Nodes => _places.OfType<VectorNode>();

    public void Add(VectorNode node)
    {
        if (_free.TryPop(out var place))
        {
            (_places[place], node.RingPlace) = (node, place);
            return;
        }

        node.RingPlace = _places.Count;
        _places.Add(node);
    }

    public void Remove(VectorNode node)
    {
        _places[node.RingPlace] = null;
        _free.Push(node.RingPlace);
    }

    /// <summary>The entry that shall go next. There must be one.</summary>
    public VectorNode Next(DateTimeOffset now)
    {
        while (true)
        {
            _hand = _hand + 1 < _places.Count ? _hand + 1 : 0;
            if (_places[_hand] is not { } node)
                continue;
            if (!node.WasFound || node.IsExpired(now))
                return node;
            node.WasFound = false;
        }
    }
}
