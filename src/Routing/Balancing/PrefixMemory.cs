namespace Gateway.Routing.Balancing;

/// <summary>The prompt blocks that one replica was sent and has probably still cached.</summary>
/// <remarks>
/// <para>As long as its cache, and forgetful in the same order: what was used longest ago goes first, and of one prompt its end before its
/// beginning, as in vLLM. So whatever is remembered is remembered with all that precedes it, and how far a prompt matches is a binary search.</para>
/// <para>What it says is corrected by what answers report: <see cref="Settle"/>.</para>
/// </remarks>
public sealed class PrefixMemory
{
    /// <summary>Tokens of a cache whose size nobody knows: about what a replica of 8B on one H100, or of 744B on eight H200, has room for.</summary>
    public const int DefaultTokens = 350_000;

    /// <summary>How much one answer moves the trust: ten answers make most of the way.</summary>
    private const double Step = 0.1;

    /// <summary>The least trust, so that a cache that is back is found out about.</summary>
    private const double LeastTrust = 0.05;

    /// <summary>The least share of the cache's size that is remembered, however often what was expected is gone.</summary>
    private const double LeastShare = 0.125;

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, int> _slots = [];
    private Slot[] _order = new Slot[16];
    private int _newest = -1, _oldest = -1;
    private int _nominal = DefaultTokens / PickRequest.TokensPerBlock;
    private int _capacity = DefaultTokens / PickRequest.TokensPerBlock;
    private bool _tells;
    private double _trust = 1;

    /// <summary>Blocks remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _slots.Count;
        }
    }

    /// <summary>Blocks it remembers at most: the cache's size, or less where more turned out to be gone.</summary>
    public int Capacity
    {
        get
        {
            lock (_lock)
                return _capacity;
        }
    }

    /// <summary>The share of what is remembered that turned out to be there, of late.</summary>
    public double Trust => Volatile.Read(ref _trust);

    /// <summary>Takes the size of the replica's cache.</summary>
    /// <param name="tokens">Tokens; null when unknown.</param>
    public void Resize(long? tokens)
    {
        lock (_lock)
        {
            var blocks = (int)Math.Clamp((tokens ?? DefaultTokens) / PickRequest.TokensPerBlock, 1, int.MaxValue / 2);
            if (blocks == _nominal)
                return;
            (_nominal, _capacity) = (blocks, blocks);
            Shrink();
        }
    }

    /// <summary>How many of the first blocks are remembered.</summary>
    public int Match(ReadOnlySpan<ulong> blocks)
    {
        lock (_lock)
        {
            if (blocks.IsEmpty || !_slots.ContainsKey(blocks[0]))
                return 0;
            var (known, unknown) = (1, Math.Min(blocks.Length, _slots.Count) + 1);
            while (unknown - known > 1)
            {
                var middle = (known + unknown) / 2;
                if (_slots.ContainsKey(blocks[middle - 1]))
                    known = middle;
                else
                    unknown = middle;
            }

            return known;
        }
    }

    /// <summary>The replica is being sent these.</summary>
    public void Remember(ReadOnlySpan<ulong> blocks)
    {
        lock (_lock)
        {
            for (var i = Math.Min(blocks.Length, _capacity) - 1; i >= 0; i--)
            {
                if (_slots.TryGetValue(blocks[i], out var slot))
                    Unlink(slot);
                else
                    slot = Take(blocks[i]);
                LinkNewest(slot);
            }
        }
    }

    /// <summary>Its cache is empty: it was started anew.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _slots.Clear();
            (_newest, _oldest) = (-1, -1);
        }
    }

    /// <summary>Compares what was expected with what an answer says was cached.</summary>
    /// <param name="forecast">What was expected.</param>
    /// <param name="prompt">Prompt tokens, as counted by the replica.</param>
    /// <param name="cached">Of those the cached ones; 0 also from a replica that never tells.</param>
    /// <remarks>
    /// Where less was there, others use the replica too, or its requests need the room: it is trusted less, and less is remembered of it. Until
    /// it has told of a hit once, nothing is learned: vLLM tells only with <c>--enable-prompt-tokens-details</c>.
    /// </remarks>
    public void Settle(in Forecast forecast, int prompt, int cached)
    {
        lock (_lock)
        {
            _tells |= cached > 0;
            var expected = (double)forecast.MatchedTokens * prompt / Math.Max(1, forecast.PromptTokens);
            if (!_tells || expected < PickRequest.TokensPerBlock)
                return;
            var share = Math.Min(1, cached / expected);
            Volatile.Write(ref _trust, Math.Max(LeastTrust, _trust + (Step * (share - _trust))));
            _capacity = share switch
            {
                < 0.5 => (int)Math.Max(Math.Ceiling(_nominal * LeastShare), _capacity * 0.95),
                > 0.9 => (int)Math.Min(_nominal, Math.Ceiling(_capacity * 1.01)),
                _ => _capacity,
            };
            Shrink();
        }
    }

    /// <summary>A slot for a new block: a fresh one, or the oldest one's.</summary>
    private int Take(ulong block)
    {
        var slot = _slots.Count;
        if (slot >= _capacity)
        {
            slot = _oldest;
            _slots.Remove(_order[slot].Block);
            Unlink(slot);
        }
        else if (slot == _order.Length)
        {
            Array.Resize(ref _order, slot * 2);
        }

        _order[slot].Block = block;
        _slots.Add(block, slot);
        return slot;
    }

    private void Shrink()
    {
        while (_slots.Count > _capacity)
        {
            var (gone, last) = (_oldest, _slots.Count - 1);
            _slots.Remove(_order[gone].Block);
            Unlink(gone);
            if (gone != last)
                Move(last, gone);
        }
    }

    /// <summary>Slots in use stay the first ones.</summary>
    private void Move(int from, int to)
    {
        var slot = _order[to] = _order[from];
        _slots[slot.Block] = to;
        if (slot.Newer >= 0)
            _order[slot.Newer].Older = to;
        else
            _newest = to;
        if (slot.Older >= 0)
            _order[slot.Older].Newer = to;
        else
            _oldest = to;
    }

    private void Unlink(int slot)
    {
        var (newer, older) = (_order[slot].Newer, _order[slot].Older);
        if (newer >= 0)
            _order[newer].Older = older;
        else
            _newest = older;
        if (older >= 0)
            _order[older].Newer = newer;
        else
            _oldest = newer;
    }

    private void LinkNewest(int slot)
    {
        (_order[slot].Newer, _order[slot].Older) = (-1, _newest);
        if (_newest >= 0)
            _order[_newest].Newer = slot;
        else
            _oldest = slot;
        _newest = slot;
    }

    private struct Slot
    {
        public ulong Block;
        public int Newer, Older;
    }
}
