namespace Gateway.Routing.Admission;

/// <summary>All that wait for a place in one pool: bands by priority, callers in turns within a band, and all of them by deadline.</summary>
/// <remarks>Knows no clock and no lock; its gate has both.</remarks>
internal sealed class WaitingLine
{
    private readonly List<Band> _bands = [];
    private Waiter? _latest;

    public int Count { get; private set; }

    /// <summary>The one whose deadline is next; null when none waits.</summary>
    public Waiter? Earliest { get; private set; }

    /// <summary>The one to serve next; null when none waits.</summary>
    public Waiter? Next => Count == 0 ? null : _bands[0].Next();

    public void Add(Waiter waiter)
    {
        BandOf(waiter.Claim.Priority).Add(waiter);
        LinkByDeadline(waiter);
        Count++;
    }

    /// <summary>Takes out the one to serve next.</summary>
    public void Serve(Waiter waiter)
    {
        var band = waiter.Line!.Band;
        band.Serve(waiter);
        Forget(waiter, band);
    }

    /// <summary>Takes out one that is not served.</summary>
    public void Remove(Waiter waiter)
    {
        var band = waiter.Line!.Band;
        band.Remove(waiter);
        Forget(waiter, band);
    }

    /// <summary>The one to turn away so that a newcomer may wait in its place; null when the newcomer should go.</summary>
    /// <remarks>
    /// The worst band sheds first. Within the newcomer's own, whoever has most waiting does, its latest first: a caller who fills the
    /// queue thereby crowds out itself and nobody else.
    /// </remarks>
    public Waiter? VictimFor(in AdmissionClaim newcomer)
    {
        if (Count == 0 || _bands[^1] is not { } worst || worst.Priority < newcomer.Priority)
            return null;
        var longest = worst.Longest();
        if (worst.Priority > newcomer.Priority)
            return longest.Newest;
        var mine = (worst.Find(newcomer.Caller)?.Tokens ?? 0) + newcomer.Tokens;
        return longest.Tokens - longest.Newest!.Claim.Tokens >= mine ? longest.Newest : null;
    }

    /// <summary>How many would be served before a newcomer, about: better bands, and in its own the turns of the others.</summary>
    public int Ahead(in AdmissionClaim newcomer)
    {
        var ahead = 0;
        foreach (var band in _bands)
        {
            if (band.Priority > newcomer.Priority)
                break;
            if (band.Priority < newcomer.Priority)
            {
                ahead += band.Count;
                continue;
            }

            var mine = band.Find(newcomer.Caller)?.Count ?? 0;
            var others = mine == 0 ? band.Callers : band.Callers - 1;
            ahead += (int)Math.Min(band.Count, mine + ((mine + 1L) * others));
        }

        return ahead;
    }

    private Band BandOf(int priority)
    {
        var at = 0;
        while (at < _bands.Count && _bands[at].Priority < priority)
            at++;
        if (at < _bands.Count && _bands[at].Priority == priority)
            return _bands[at];
        var band = new Band(priority);
        _bands.Insert(at, band);
        return band;
    }

    private void Forget(Waiter waiter, Band band)
    {
        if (band.Count == 0)
            _bands.Remove(band);
        if (waiter.PreviousByDeadline is { } previous)
            previous.NextByDeadline = waiter.NextByDeadline;
        else
            Earliest = waiter.NextByDeadline;
        if (waiter.NextByDeadline is { } next)
            next.PreviousByDeadline = waiter.PreviousByDeadline;
        else
            _latest = waiter.PreviousByDeadline;
        (waiter.NextByDeadline, waiter.PreviousByDeadline) = (null, null);
        Count--;
    }

    /// <summary>Nearly all may wait equally long, so that a newcomer's deadline is the last and the search for its place ends at once.</summary>
    private void LinkByDeadline(Waiter waiter)
    {
        var before = _latest;
        while (before is not null && before.Deadline > waiter.Deadline)
            before = before.PreviousByDeadline;
        waiter.PreviousByDeadline = before;
        waiter.NextByDeadline = before is null ? Earliest : before.NextByDeadline;
        if (waiter.NextByDeadline is { } next)
            next.PreviousByDeadline = waiter;
        else
            _latest = waiter;
        if (before is null)
            Earliest = waiter;
        else
            before.NextByDeadline = waiter;
    }
}
