namespace Gateway.Configuration.Reading;

/// <summary>Collects the entries of one mapping; what <c>&lt;&lt;</c> merges in yields to keys that are written out.</summary>
internal sealed class MapEntries
{
    private readonly List<MapEntry> _written = [];
    private readonly List<MapEntry> _merged = [];

    /// <summary>False when a merge key holds something that cannot be merged.</summary>
    public bool TryAdd(ScalarNode key, ConfigNode value)
    {
        if (!key.Plain || key.Text != "<<")
        {
            _written.Add(new MapEntry(key, value));
            return true;
        }

        IReadOnlyList<ConfigNode> sources = value is ListNode list ? list.Items : [value];
        foreach (var source in sources)
        {
            if (source is not MapNode map)
            {
                return false;
            }

            _merged.AddRange(map.Entries);
        }

        return true;
    }

    /// <summary>Written entries in their order, duplicates included, then the merged ones that nothing before them names.</summary>
    public IReadOnlyList<MapEntry> Complete()
    {
        if (_merged.Count == 0)
        {
            return _written;
        }

        var seen = _written.Select(entry => entry.Key.Text).ToHashSet(StringComparer.Ordinal);
        return [.. _written, .. _merged.Where(entry => seen.Add(entry.Key.Text))];
    }
}
