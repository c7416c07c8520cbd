using System.Buffers;
using System.Runtime.CompilerServices;

namespace Gateway.Routing.Complexity.Features;

/// <summary>Counts how often each gram occurs in one text: open addressing over rented arrays, sized by the text.</summary>
internal ref struct GramTable
{
    private const uint NoEntry = 0;

    private readonly ushort[] _slots;
    private readonly GramCount[] _entries;
    private readonly int _shift;

    /// <param name="atMost">No more than so many distinct grams will be counted; under 65,535.</param>
    public GramTable(int atMost)
    {
        var bits = int.Max(8, int.Log2(atMost) + 2);
        _shift = 32 - bits;
        _slots = ArrayPool<ushort>.Shared.Rent(1 << bits);
        _slots.AsSpan(0, 1 << bits).Clear();
        _entries = ArrayPool<GramCount>.Shared.Rent(atMost + 1);
        Count = 0;
    }

    public int Count { get; private set; }

    public readonly ReadOnlySpan<GramCount> Entries => _entries.AsSpan(1, Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int gram)
    {
        var slot = Slot(gram);
        while (_slots[slot] is var entry and not (ushort)NoEntry)
        {
            if (_entries[entry].Gram == gram)
            {
                _entries[entry].Count++;
                return;
            }

            slot = (slot + 1) & ((1 << (32 - _shift)) - 1);
        }

        _slots[slot] = (ushort)++Count;
        _entries[Count] = new GramCount(gram);
    }

    public readonly bool Contains(int gram)
    {
        var slot = Slot(gram);
        while (_slots[slot] is var entry and not (ushort)NoEntry)
        {
            if (_entries[entry].Gram == gram)
                return true;
            slot = (slot + 1) & ((1 << (32 - _shift)) - 1);
        }

        return false;
    }

    public readonly void Return()
    {
        ArrayPool<ushort>.Shared.Return(_slots);
        ArrayPool<GramCount>.Shared.Return(_entries);
    }

    /// <summary>Fibonacci hashing: the buckets of a text's grams are spread already, but their low bits tell the two blocks apart poorly.</summary>
    private readonly int Slot(int gram) => (int)((uint)gram * 2654435769u >> _shift);
}
