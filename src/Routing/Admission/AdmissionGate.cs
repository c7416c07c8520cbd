namespace Gateway.Routing.Admission;

/// <summary>Lets requests into one pool: as many at once as its replicas take, the others in a bounded, fair queue.</summary>
/// <remarks>
/// While nobody waits, entering and leaving are an interlocked count. Everything else happens under one lock. <see cref="Tick"/>, called
/// a few times a second by the gate's owner, works out the capacity and ends waits whose time is up, so no request needs a timer.
/// It outlives a configuration reload, like the replicas whose requests it counts.
/// </remarks>
public sealed class AdmissionGate(AdmissionSettings settings, TimeProvider time)
{
    /// <summary>Waiters kept for the next requests; more are only needed by a longer queue, which then makes them anew.</summary>
    private const int WaitersKept = 256;

    /// <summary>The longest pause a caller is ever told, and the one it is told while nothing is known.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly WaitingLine _line = new();
    private readonly HoldingTime _held = new(time);
    private readonly Stack<Waiter> _spares = new();
    private AdmissionSettings _settings = settings;
    private int _inFlight;
    private int _waiting;
    private int _capacity = int.MaxValue;
    private int _batchCapacity = int.MaxValue;

    public AdmissionSettings Settings => _settings;

    /// <summary>Requests that hold a place.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Requests that wait for one.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>The most that hold a place at once; <see cref="int.MaxValue"/> when there is no limit.</summary>
    public int Capacity => Volatile.Read(ref _capacity);

    /// <summary>Goes by other settings from now on.</summary>
    public void Become(AdmissionSettings settings)
    {
        lock (_lock)
            _settings = settings;
    }

    /// <summary>A place if one is free and nobody waits for it.</summary>
    /// <param name="isSpare">Only of those that batch traffic may have: for calls that nobody waits for, and may as well not be made.</param>
    /// <param name="place">The place; no place when there is none.</param>
    public bool TryEnter(bool isSpare, out Place place)
    {
        var isEntered = Volatile.Read(ref _waiting) == 0 && TryTake(isSpare ? Volatile.Read(ref _batchCapacity) : Volatile.Read(ref _capacity));
        place = isEntered ? new Place(this, time.GetTimestamp()) : default;
        return isEntered;
    }

    /// <summary>A place beyond the capacity if need be: for an attempt that was let in elsewhere, and finds its way here at the last moment.</summary>
    public Place EnterAnyway()
    {
        Interlocked.Increment(ref _inFlight);
        return new Place(this, time.GetTimestamp());
    }

    /// <summary>A place, now or after a wait.</summary>
    /// <param name="claim">What the request is judged by.</param>
    /// <param name="patience">The longest it waits; zero takes a place that is free and nothing else.</param>
    /// <param name="callerGone">Ends the wait.</param>
    /// <param name="stopping">Ends it as well.</param>
    public ValueTask<Admittance> EnterAsync(
        in AdmissionClaim claim, TimeSpan patience, CancellationToken callerGone, CancellationToken stopping)
    {
        if (TryEnter(IsBatch(claim), out var place))
            return ValueTask.FromResult(new Admittance(AdmissionVerdict.Entered, place, default, default));
        Waiter waiter;
        lock (_lock)
        {
            var ahead = _line.Ahead(claim);
            var waits = ExpectedWait(ahead);
            var victim = _line.Count < _settings.Queue ? null : _line.VictimFor(claim);
            if (patience <= TimeSpan.Zero)
                return ValueTask.FromResult(TurnedAway(AdmissionVerdict.TimedOut, default, waits));
            // Of the very next place nobody knows when it comes free: it may be now.
            if (ahead > 0 && waits > patience)
                return ValueTask.FromResult(TurnedAway(AdmissionVerdict.WaitTooLong, default, waits));
            if (victim is null && _line.Count >= _settings.Queue)
                return ValueTask.FromResult(TurnedAway(AdmissionVerdict.QueueFull, default, waits));
            if (victim is not null)
                End(victim, AdmissionVerdict.Displaced);
            var now = time.GetTimestamp();
            waiter = _spares.TryPop(out var spare) ? spare : new Waiter(this);
            waiter.Begin(claim, now, now + (long)(patience.TotalSeconds * time.TimestampFrequency));
            _line.Add(waiter);
            // Seen by whoever leaves from here on, and whoever left before is seen by what follows: no place is lost between the two.
            Interlocked.Exchange(ref _waiting, _line.Count);
            Serve();
        }

        return waiter.WaitAsync(callerGone, stopping);
    }

    /// <summary>Works out the capacity from the pool's replicas, ends waits whose time is up, and serves whoever now has room.</summary>
    /// <param name="pool">The pool as it is at the moment.</param>
    public void Tick(Pool pool)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _held.Fold(now);
            Measure(pool, now);
            while (_line.Earliest is { } earliest && earliest.Deadline <= now)
                End(earliest, AdmissionVerdict.TimedOut);
            Serve();
        }
    }

    internal void Leave(long enteredAt)
    {
        _held.Note(enteredAt);
        Interlocked.Decrement(ref _inFlight);
        if (Volatile.Read(ref _waiting) == 0)
            return;
        lock (_lock)
            Serve();
    }

    internal void GiveUp(Waiter waiter)
    {
        lock (_lock)
        {
            if (waiter.Line is not null)
                End(waiter, AdmissionVerdict.GivenUp);
        }
    }

    internal void TakeBack(Waiter waiter)
    {
        lock (_lock)
        {
            if (_spares.Count < WaitersKept)
                _spares.Push(waiter);
        }
    }

    private bool IsBatch(in AdmissionClaim claim) => claim.Priority >= _settings.BatchPriority;

    private bool TryTake(int limit)
    {
        var held = Volatile.Read(ref _inFlight);
        while (held < limit)
        {
            var before = Interlocked.CompareExchange(ref _inFlight, held + 1, held);
            if (before == held)
                return true;
            held = before;
        }

        return false;
    }

    private void Serve()
    {
        while (_line.Next is { } next && TryTake(IsBatch(next.Claim) ? _batchCapacity : _capacity))
        {
            var now = time.GetTimestamp();
            _line.Serve(next);
            next.End(new Admittance(AdmissionVerdict.Entered, new Place(this, now), time.GetElapsedTime(next.Since, now), default));
        }

        Interlocked.Exchange(ref _waiting, _line.Count);
    }

    private void End(Waiter waiter, AdmissionVerdict verdict)
    {
        _line.Remove(waiter);
        Interlocked.Exchange(ref _waiting, _line.Count);
        waiter.End(TurnedAway(verdict, time.GetElapsedTime(waiter.Since), ExpectedWait(_line.Ahead(waiter.Claim))));
    }

    private static Admittance TurnedAway(AdmissionVerdict verdict, TimeSpan waited, TimeSpan expected)
    {
        var pause = TimeSpan.FromSeconds(Math.Ceiling(expected.TotalSeconds));
        pause = pause < ShortestPause ? ShortestPause : pause > LongestPause ? LongestPause : pause;
        return new Admittance(verdict, default, waited, pause);
    }

    /// <summary>How long it takes until so many, and then one more, have been served; zero while nothing is known.</summary>
    private TimeSpan ExpectedWait(int ahead) =>
        _held.Mean is { } held ? held * ((ahead + 1.0) / Math.Max(1, Math.Min(InFlight, _capacity))) : default;

    private void Measure(Pool pool, long now)
    {
        if (!_settings.IsOn)
        {
            (_capacity, _batchCapacity) = (int.MaxValue, int.MaxValue);
            return;
        }

        var (available, all, oldest) = (0.0, 0, 1.0);
        var replicas = pool.Replicas;
        var ignoreProbes = pool.IgnoresProbes;
        foreach (var replica in replicas)
        {
            if (replica.MayBeTried(ignoreProbes))
                oldest = Math.Max(oldest, pool.Eligibility?.AgeOf(replica, now) ?? 1);
        }

        foreach (var replica in replicas)
        {
            var limit = replica.Limit.Adapt(_settings.InFlightPerReplica, replica.InFlight, replica.Load, now, time);
            all += limit;
            // A newcomer is picked seldom at first: places that it would not fill would be taken at the others.
            if (replica.MayBeTried(ignoreProbes))
                available += limit * ((pool.Eligibility?.AgeOf(replica, now) ?? oldest) / oldest);
        }

        // While none is thought to be up they are tried all the same, and what we believe of them may be stale.
        var capacity = Math.Max(1, available > 0 ? (int)available : all);
        Volatile.Write(ref _capacity, capacity);
        Volatile.Write(ref _batchCapacity, Math.Max(1, (int)(capacity * _settings.BatchShare)));
    }
}
