using Gateway.Guardrails.Text;

namespace Gateway.Guardrails.Pii;

/// <summary>What recognisers saw in one text, before it is decided between those that overlap.</summary>
internal struct Sightings
{
    private List<Sighting>? _seen;

    public void Add(string label, int start, int end, int rank) => (_seen ??= []).Add(new Sighting(label, start, end, rank));

    /// <summary>Lowers a place so that it lies inside of nothing that was seen: what overlaps is decided together.</summary>
    public readonly int Settle(int open)
    {
        if (_seen is null)
            return open;
        _seen.Sort(static (one, other) => one.Start != other.Start ? one.Start.CompareTo(other.Start)
            : one.End != other.End ? other.End.CompareTo(one.End) : one.Rank.CompareTo(other.Rank));
        for (var i = _seen.Count - 1; i >= 0; i--)
        {
            if (_seen[i].Start < open && _seen[i].End > open)
                open = _seen[i].Start;
        }

        return open;
    }

    /// <summary>Of what overlaps the first counts, of what begins together the longest. To be called after <see cref="Settle"/>.</summary>
    /// <param name="open">What ends behind it does not count yet.</param>
    /// <param name="map">The way back to the original text; null when it is the text.</param>
    /// <param name="found">Filled in.</param>
    public readonly void Report(int open, FoldedText? map, Findings found)
    {
        if (_seen is null)
            return;
        var free = 0;
        foreach (var seen in _seen)
        {
            if (seen.End > open)
                break;
            if (seen.Start < free)
                continue;
            var (start, end) = map is null ? (seen.Start, seen.End) : (map.Origin(seen.Start), map.OriginOfEnd(seen.End));
            found.Add(seen.Label, start, end - start);
            free = seen.End;
        }
    }

    private readonly record struct Sighting(string Label, int Start, int End, int Rank);
}
