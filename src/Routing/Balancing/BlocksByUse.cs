namespace Gateway.Routing.Balancing;

/// <summary>Blocks in the order of their last use, with when that was. Not safe for threads; its owner locks.</summary>
internal sealed class BlocksByUse
{
    private readonly Dictionary<ulong, int> _slots = [];
    private Slot[] _order = new Slot[16];
    private int _newest = -1, _oldest = -1;

    public int Count => _slots.Count;

    public bool Contains(ulong block) => _slots.ContainsKey(block);

    /// <summary>When a block was last used; null when it is not here.</summary>
    public long? UsedAt(ulong block) => _slots.TryGetValue(block, out var slot) ? _order[slot].UsedAt : null;

    /// <summary>A block is used; a new one takes the place of the oldest where there are that many.</summary>
    /// <param name="block">The block.</param>
    /// <param name="at">When, by its owner's count.</param>
    /// <param name="most">Blocks that are kept.</param>
    public void Use(ulong block, long at, int most)
    {
        if (_slots.TryGetValue(block, out var slot))
            Unlink(slot);
        else
            slot = Take(block, most);
        _order[slot].UsedAt = at;
        LinkNewest(slot);
    }

    /// <summary>Forgets the ones used longest ago until no more than so many are left.</summary>
    public void Shrink(int most)
    {
        while (_slots.Count > most)
        {
            var (gone, last) = (_oldest, _slots.Count - 1);
            _slots.Remove(_order[gone].Block);
            Unlink(gone);
            if (gone != last)
                Move(last, gone);
        }
    }

    public void Clear()
    {
        _slots.Clear();
        (_newest, _oldest) = (-1, -1);
    }

    /// <summary>A slot for a new block: a fresh one, or the oldest one's.</summary>
    private int Take(ulong block, int most)
    {
        var slot = _slots.Count;
        if (slot >= most)
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

        /// <summary>Tokens that the cache had taken in when it was last used.</summary>
        public long UsedAt;
    }
}
