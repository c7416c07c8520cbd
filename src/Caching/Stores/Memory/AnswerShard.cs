namespace Gateway.Caching.Stores.Memory;

/// <summary>A part of the store in memory, under one lock: a small queue of what is new, a big one of what proved its worth.</summary>
/// <remarks>
/// W-TinyLFU: an answer enters the window; what falls out of the window enters the main part only when it was asked for more often than
/// all it would drive out, together, so that a big answer has to be worth several small ones. The main part is on probation until its
/// first hit, protected from then on until others are hit more recently.
/// </remarks>
internal sealed class AnswerShard
{
    // The shares of the authors' Caffeine library: 1 % window, four fifths of the rest protected.
    private const int WindowShare = 100;
    private const double ProtectedShare = 0.8;

    /// <summary>About what an answer weighs at the least, for the size of the sketch: half a kilobyte of text and what surrounds it.</summary>
    private const int SmallAnswer = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<CacheKey, AnswerNode> _nodes = [];
    private readonly AnswerQueue _window = new();
    private readonly AnswerQueue _probation = new();
    private readonly AnswerQueue _protected = new();
    private readonly FrequencySketch _sketch;
    private readonly long _windowBytes;
    private readonly long _mainBytes;
    private readonly long _protectedBytes;
    private long _hits;
    private long _misses;
    private long _evictions;
    private long _rejections;
    private long _expirations;

    /// <param name="bytes">What its answers may weigh.</param>
    public AnswerShard(long bytes)
    {
        _windowBytes = bytes / WindowShare;
        _mainBytes = bytes - _windowBytes;
        _protectedBytes = (long)(_mainBytes * ProtectedShare);
        _sketch = new FrequencySketch((int)Math.Min(bytes / SmallAnswer, 1 << 24));
    }

    public StoreFigures Figures
    {
        get
        {
            lock (_gate)
            {
                var bytes = _window.Bytes + _probation.Bytes + _protected.Bytes;
                return new StoreFigures(_nodes.Count, bytes, _windowBytes + _mainBytes, _hits, _misses, _evictions, _rejections, _expirations);
            }
        }
    }

    public CachedAnswer? Get(CacheKey key, DateTimeOffset now)
    {
        lock (_gate)
        {
            _sketch.Count(key.GetHashCode(), _nodes.Count);
            if (!_nodes.TryGetValue(key, out var node) || DropIfExpired(node, now))
            {
                _misses++;
                return null;
            }

            _hits++;
            Used(node);
            return node.Answer;
        }
    }

    public void Set(CacheKey key, CachedAnswer answer, long weight, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_nodes.TryGetValue(key, out var known))
                Drop(known);
            if (weight > _mainBytes)
            {
                _rejections++;
                return;
            }

            var node = new AnswerNode(key, answer, weight);
            _nodes.Add(key, node);
            _window.Add(node);
            while (_window.Bytes > _windowBytes)
                LeaveWindow(_window.Oldest!, now);
        }
    }

    public long Remove(EntryFilter filter)
    {
        lock (_gate)
        {
            if (filter.Id is { } id)
                return _nodes.TryGetValue(id, out var one) && RemoveIf(one, filter) ? 1 : 0;
            var removed = 0L;
            foreach (var node in _nodes.Values)
                removed += RemoveIf(node, filter) ? 1 : 0;
            return removed;
        }
    }

    /// <summary>Adds what is not expired to a list.</summary>
    public void CopyTo(List<KeyValuePair<CacheKey, CachedAnswer>> list, DateTimeOffset now)
    {
        lock (_gate)
        {
            foreach (var (key, node) in _nodes)
            {
                if (!node.IsExpired(now))
                    list.Add(new(key, node.Answer));
            }
        }
    }

    private void Used(AnswerNode node)
    {
        if (node.Queue != _probation)
        {
            node.Queue!.Touch(node);
            return;
        }

        Move(node, _protected);
        while (_protected.Bytes > _protectedBytes)
            Move(_protected.Oldest!, _probation);
    }

    private void LeaveWindow(AnswerNode node, DateTimeOffset now)
    {
        if (DropIfExpired(node, now))
            return;
        if (MakesRoomFor(node, now))
        {
            Move(node, _probation);
            return;
        }

        Drop(node);
        _rejections++;
    }

    /// <summary>Drives out what was asked for less often than <paramref name="candidate"/>, if that makes room for it.</summary>
    private bool MakesRoomFor(AnswerNode candidate, DateTimeOffset now)
    {
        var excess = _probation.Bytes + _protected.Bytes + candidate.Weight - _mainBytes;
        if (excess <= 0)
            return true;
        var worth = _sketch.Estimate(candidate.Key.GetHashCode());
        var (freed, asks) = (0L, 0);
        for (var victim = First(); freed < excess && victim is not null; victim = Next(victim))
        {
            freed += victim.Weight;
            asks += victim.IsExpired(now) ? 0 : _sketch.Estimate(victim.Key.GetHashCode());
            if (asks >= worth && asks > 0)
                return false;
        }

        for (freed = 0; freed < excess && First() is { } victim;)
        {
            freed += victim.Weight;
            Drop(victim);
            _evictions++;
        }

        return true;

        AnswerNode? First() => _probation.Oldest ?? _protected.Oldest;
        AnswerNode? Next(AnswerNode victim) => victim.Newer ?? (victim.Queue == _probation ? _protected.Oldest : null);
    }

    private bool RemoveIf(AnswerNode node, EntryFilter filter)
    {
        if (!filter.Matches(node.Key, node.Answer.Facts))
            return false;
        Drop(node);
        return true;
    }

    private bool DropIfExpired(AnswerNode node, DateTimeOffset now)
    {
        if (!node.IsExpired(now))
            return false;
        Drop(node);
        _expirations++;
        return true;
    }

    private void Drop(AnswerNode node)
    {
        node.Queue!.Remove(node);
        _nodes.Remove(node.Key);
    }

    private static void Move(AnswerNode node, AnswerQueue queue)
    {
        node.Queue!.Remove(node);
        queue.Add(node);
    }
}
