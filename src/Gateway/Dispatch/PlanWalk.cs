using System.Collections.Immutable;
using Gateway.Completions;
using Gateway.Hosting;
using Gateway.Routing;
using Gateway.Routing.Admission;
using Gateway.Routing.Cascade;
using Gateway.Upstream;

namespace Gateway.Dispatch;

/// <summary>Where one request stands in its plan: the pool, the replicas it has been to, the attempts it has left.</summary>
internal sealed class PlanWalk : IDisposable
{
    private readonly Exchange _exchange;
    private readonly ModelRoute _route;
    private readonly Blueprint _blueprint;
    private readonly List<Replica> _tried = new(2);
    private ImmutableArray<Pool> _pools;
    private int _pool;
    private bool _hasEscalated;
    private bool _isWeakKept;
    private int _attemptsHere;
    private Replica? _reconnect;
    private bool _hasReconnected;
    private bool _mayRepeat;

    public PlanWalk(Exchange exchange)
    {
        (_exchange, _pools, _route, _blueprint) = (exchange, exchange.Plan!.Pools, exchange.Route!, exchange.Blueprint);
        Current = _blueprint.UpstreamOf(_pools[0]);
        Current.Budget.PayIn();
    }

    /// <summary>The pool being tried.</summary>
    public UpstreamPool Current { get; private set; }

    /// <summary>The request's place in a pool: the one being tried, unless it is about to change.</summary>
    public Place Place { get; set; }

    /// <summary>The next pool of the plan that is larger than the one being tried; null when there is none.</summary>
    public Pool? LargerPool => LargerThan(Current.Pool);

    /// <summary>The last pause an upstream asked for.</summary>
    public TimeSpan? RetryAfter { get; private set; }

    /// <summary>What may still be done here and further on.</summary>
    public RetryRoom Room => new(
        HasAttempt: _attemptsHere < _blueprint.Options.Retries.AttemptsPerPool,
        HasReplica: Current.Pool.HasUntried(_tried),
        HasBudget: Current.Budget.HasToken,
        HasPool: _pool + 1 < _pools.Length,
        HasLargerPool: FindLargerPool() >= 0,
        MayReconnect: !_hasReconnected);

    /// <summary>Goes on to the first pool, from this one on, that has a replica to try; stays when there is none.</summary>
    public void PassOver()
    {
        if (_reconnect is not null)
            return;
        for (var i = _pool; i < _pools.Length; i++)
        {
            if (!_pools[i].HasUntried(_mayRepeat ? [] : _tried))
                continue;
            if (i != _pool)
                MoveTo(i);
            return;
        }
    }

    /// <summary>Goes on to the plan's next pool because this one has no room; false when there is none.</summary>
    public bool TryOverflow()
    {
        if (_pool + 1 >= _pools.Length)
            return false;
        MoveTo(_pool + 1);
        return true;
    }

    /// <summary>Picks like <see cref="Pick"/>, and takes a place along to a pool that picking itself went on to.</summary>
    public Picked? PickInPlace()
    {
        var picked = Pick();
        if (picked is not null && !Place.IsAt(Current.Gate))
            Take(Current.Gate.EnterAnyway());
        return picked;
    }

    /// <summary>Takes a place in exchange for the one that is held.</summary>
    public void Take(Place place)
    {
        Leave();
        Place = place;
    }

    /// <summary>Gives up the place, if there is one.</summary>
    public void Leave() => HandOver().Leave();

    /// <summary>Hands the place to whoever holds it from now on.</summary>
    public Place HandOver()
    {
        var place = Place;
        Place = default;
        return place;
    }

    public void Dispose() => Leave();

    /// <summary>The replica for the next attempt; null when no pool of the plan has any.</summary>
    /// <remarks>
    /// Pools whose replicas are all thought to be down are passed over; if that leaves none, the first pool's replicas are
    /// tried all the same, since what we believe of them may be stale.
    /// </remarks>
    private Picked? Pick()
    {
        if (_reconnect is { } replica)
        {
            _reconnect = null;
            return new Picked(replica, replica.Breaker.Force());
        }

        IReadOnlyList<Replica> tried = _mayRepeat ? [] : _tried;
        for (; ; )
        {
            if (PickFrom(Current.Pool, tried) is { } picked)
                return picked;
            if (_pool + 1 >= _pools.Length)
                break;
            MoveTo(_pool + 1);
        }

        // A weak answer in hand is worth more than an attempt at what is thought to be down.
        return _isWeakKept ? null
            : _tried.Count == 0 && !_hasEscalated ? PickUnavailable()
            : PickFrom(Current.Pool, tried, evenUnavailable: true);
    }

    /// <summary>Moves on to the next larger pool, because the answer of this one is too weak.</summary>
    /// <param name="isKept">
    /// A weak answer is at hand in case nothing better comes. If not, this pool is asked once more when all others have failed, and
    /// its answer is then shown as it is.
    /// </param>
    public void Escalate(bool isKept)
    {
        (_hasEscalated, _isWeakKept) = (true, isKept);
        var larger = FindLargerInCascade(Current.Pool);
        if (!isKept)
            _pools = _pools.Add(Current.Pool);
        MoveTo(larger);
    }

    /// <summary>Moves on to the next larger pool, where an answer is under way; what is left to try in this one is tried last.</summary>
    public void CrossOver()
    {
        var larger = FindLargerInCascade(Current.Pool);
        if (Current.Pool.HasUntried(_tried))
            _pools = _pools.Add(Current.Pool);
        MoveTo(larger);
    }

    /// <summary>The next pool of the plan that is larger than this one; null when there is none.</summary>
    public Pool? LargerThan(Pool pool) => FindLargerInCascade(pool) is var at and >= 0 ? _pools[at] : null;

    public void Note(Replica replica, UpstreamFault fault)
    {
        _attemptsHere++;
        _tried.Add(replica);
        RetryAfter = fault.RetryAfter ?? RetryAfter;
    }

    /// <summary>Moves on as decided; false when that means to stop.</summary>
    public bool Take(RetryStep step)
    {
        _mayRepeat = step == RetryStep.SameReplica;
        switch (step)
        {
            case RetryStep.Reconnect:
                _hasReconnected = true;
                _reconnect = _tried[^1];
                _tried.RemoveAt(_tried.Count - 1);
                _attemptsHere--;
                return true;
            case RetryStep.NextReplica or RetryStep.SameReplica:
                Current.Budget.Take();
                return true;
            case RetryStep.NextPool:
                MoveTo(_pool + 1);
                return true;
            case RetryStep.LargerPool:
                MoveTo(FindLargerPool());
                return true;
            default:
                return false;
        }
    }

    private Picked? PickFrom(Pool pool, IReadOnlyList<Replica> tried, bool evenUnavailable = false) =>
        pool.Pick(tried, evenUnavailable, _exchange.PickRequestFor(pool));

    private Picked? PickUnavailable()
    {
        foreach (var pool in _pools)
        {
            if (PickFrom(pool, [], evenUnavailable: true) is not { } picked)
                continue;
            Current = _blueprint.UpstreamOf(pool);
            _pool = _pools.IndexOf(pool);
            return picked;
        }

        return null;
    }

    private void MoveTo(int pool)
    {
        _pool = pool;
        _attemptsHere = 0;
        Current = _blueprint.UpstreamOf(_pools[pool]);
        Current.Budget.PayIn();
    }

    private int FindLargerInCascade(Pool pool)
    {
        var here = _route.Cascade.IndexOf(pool);
        for (var i = _pool + 1; here >= 0 && i < _pools.Length; i++)
        {
            if (_route.Cascade.IndexOf(_pools[i]) > here)
                return i;
        }

        return -1;
    }

    private int FindLargerPool()
    {
        for (var i = _pool + 1; i < _pools.Length; i++)
        {
            if (Current.Pool.ContextTokens is not { } here || _pools[i].ContextTokens is not { } there || there > here)
                return i;
        }

        return -1;
    }
}
