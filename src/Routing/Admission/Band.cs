namespace Gateway.Routing.Admission;

/// <summary>Those that wait with one priority, in fair turns between callers.</summary>
/// <remarks>
/// Deficit round robin (Shreedhar and Varghese, "Efficient Fair Queuing Using Deficit Round Robin", 1995): in its turn a caller is
/// credited so many tokens and spends them on its requests; what is left over counts next time, and is lost when it has none waiting.
/// </remarks>
internal sealed class Band(int priority)
{
    /// <summary>
    /// Tokens of a turn: the order of one chat request, so that turns go request by request between callers of small ones, and a
    /// caller of long ones waits a few rounds for each.
    /// </summary>
    private const int Quantum = 2048;

    /// <summary>Turns of callers who wait no longer that may stay in the round beyond those who do, so that it is seldom swept.</summary>
    private const int Leftovers = 16;

    private readonly Dictionary<CallerMark, CallerLine> _lines = [];
    private readonly Queue<CallerLine> _turns = new();

    public int Priority { get; } = priority;

    /// <summary>All that wait here.</summary>
    public int Count { get; private set; }

    /// <summary>Callers who wait here.</summary>
    public int Callers => _lines.Count;

    public CallerLine? Find(CallerMark caller) => _lines.GetValueOrDefault(caller);

    public void Add(Waiter waiter)
    {
        if (!_lines.TryGetValue(waiter.Claim.Caller, out var line))
        {
            line = new CallerLine(this);
            _lines.Add(waiter.Claim.Caller, line);
            _turns.Enqueue(line);
        }

        line.Add(waiter);
        Count++;
        if (_turns.Count > (2 * _lines.Count) + Leftovers)
            DropLeftovers();
    }

    public void Remove(Waiter waiter)
    {
        var line = waiter.Line!;
        line.Remove(waiter);
        Count--;
        // Its turn stays in the round and is passed over when it comes up.
        if (line.Count == 0)
            _lines.Remove(waiter.Claim.Caller);
    }

    /// <summary>Whose turn it is; call when somebody waits.</summary>
    public Waiter Next()
    {
        for (; ; )
        {
            var line = _turns.Peek();
            if (line.First is not { } waiter)
            {
                _turns.Dequeue();
                continue;
            }

            if (!line.HasTurn)
            {
                line.HasTurn = true;
                line.Credit += Quantum;
            }

            if (waiter.Claim.Tokens <= line.Credit)
                return waiter;
            line.HasTurn = false;
            _turns.Enqueue(_turns.Dequeue());
        }
    }

    /// <summary>Takes out whose turn it is, on its caller's credit.</summary>
    public void Serve(Waiter waiter)
    {
        waiter.Line!.Credit -= waiter.Claim.Tokens;
        Remove(waiter);
    }

    /// <summary>The caller with the most tokens waiting.</summary>
    public CallerLine Longest()
    {
        CallerLine? longest = null;
        foreach (var line in _lines.Values)
        {
            if (longest is null || line.Tokens > longest.Tokens)
                longest = line;
        }

        return longest!;
    }

    private void DropLeftovers()
    {
        for (var left = _turns.Count; left > 0; left--)
        {
            var line = _turns.Dequeue();
            if (line.Count > 0)
                _turns.Enqueue(line);
        }
    }
}
