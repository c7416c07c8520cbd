namespace Gateway.Routing.Admission;

/// <summary>Those of one caller that wait in one band, first come first; their deadlines come in the same order.</summary>
internal sealed class CallerLine(Band band)
{
    private Waiter? _newest;

    public Band Band { get; } = band;

    /// <summary>The one that is next; null when none waits.</summary>
    public Waiter? First { get; private set; }

    /// <summary>The one that came last.</summary>
    public Waiter? Newest => _newest;

    public int Count { get; private set; }

    /// <summary>What all of them are expected to cost.</summary>
    public long Tokens { get; private set; }

    /// <summary>Tokens that it may still spend in its turn.</summary>
    public long Credit { get; set; }

    /// <summary>Whether it is its turn, and the turn's tokens have been credited.</summary>
    public bool HasTurn { get; set; }

    public void Add(Waiter waiter)
    {
        waiter.Line = this;
        waiter.PreviousInLine = _newest;
        if (_newest is null)
            First = waiter;
        else
            _newest.NextInLine = waiter;
        _newest = waiter;
        Count++;
        Tokens += waiter.Claim.Tokens;
    }

    public void Remove(Waiter waiter)
    {
        if (waiter.PreviousInLine is { } previous)
            previous.NextInLine = waiter.NextInLine;
        else
            First = waiter.NextInLine;
        if (waiter.NextInLine is { } next)
            next.PreviousInLine = waiter.PreviousInLine;
        else
            _newest = waiter.PreviousInLine;
        (waiter.Line, waiter.NextInLine, waiter.PreviousInLine) = (null, null, null);
        Count--;
        Tokens -= waiter.Claim.Tokens;
        if (Count == 0)
            Credit = 0;
    }
}
