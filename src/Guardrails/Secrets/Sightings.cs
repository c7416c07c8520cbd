namespace Gateway.Guardrails.Secrets;

/// <summary>The secrets seen in one text: where several forms see the same place, the surest is heard.</summary>
internal sealed class Sightings
{
    private readonly List<Sighting> _seen = [];

    public void Add(in Sighting sighting) => _seen.Add(sighting);

    /// <summary>Hands over what is settled.</summary>
    /// <param name="open">Where the first form begins that is still open.</param>
    /// <param name="context">Bytes that were judged before: of a secret that reaches out of them, only what is behind them is new.</param>
    /// <param name="found">Filled in, by place, without overlaps.</param>
    /// <returns>Where what is not settled begins: what overlaps it is open too, since it may yet lose to it.</returns>
    public int Settle(int open, int context, Findings found)
    {
        _seen.Sort(static (one, other) => one.Start != other.Start ? one.Start.CompareTo(other.Start) : other.End.CompareTo(one.End));
        for (var i = _seen.Count - 1; i >= 0; i--)
        {
            if (_seen[i].End > open)
                open = Math.Min(open, _seen[i].Start);
        }

        var heard = Sighting.None;
        foreach (var sighting in _seen)
        {
            if (sighting.End > open)
                continue;
            if (heard.Label is null || sighting.Start >= heard.End)
            {
                Tell(heard, context, found);
                heard = sighting;
            }
            else if (sighting.Score > heard.Score || (sighting.Score == heard.Score && sighting.End - sighting.Start > heard.End - heard.Start))
            {
                heard = sighting;
            }
        }

        Tell(heard, context, found);
        return open;
    }

    private static void Tell(in Sighting sighting, int context, Findings found)
    {
        if (sighting.Label is null || sighting.End <= context)
            return;
        var start = Math.Max(sighting.Start, context);
        found.Add(sighting.Label, start, sighting.End - start, sighting.Score);
    }
}
