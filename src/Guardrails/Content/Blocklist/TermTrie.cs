using System.Numerics;

namespace Gateway.Guardrails.Content.Blocklist;

/// <summary>The automaton of Aho and Corasick ("Efficient string matching", 1975) over symbols of <see cref="Folding"/>.</summary>
internal sealed class TermTrie
{
    public const int Root = 0;

    private readonly int _mask;
    private readonly ulong[] _keys;
    private readonly int[] _children;
    private readonly int[] _fallback;
    private readonly int[] _depth;
    private readonly int[] _term;
    private readonly int[] _shorter;

    /// <param name="terms">Each one's symbols, none empty. Of equal ones the first is known.</param>
    public TermTrie(IReadOnlyList<int[]> terms)
    {
        var most = 1;
        foreach (var term in terms)
            most += term.Length;
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)most * 2);
        (_mask, _keys, _children) = (size - 1, new ulong[size], new int[size]);
        var (parents, symbols, depths, ends) = (new int[most], new int[most], new int[most], new int[most]);
        Array.Fill(ends, -1);
        var count = 1;
        for (var i = 0; i < terms.Count; i++)
        {
            var node = Root;
            foreach (var symbol in terms[i])
            {
                var child = Child(node, symbol);
                if (child == Root)
                {
                    child = count++;
                    Insert(node, symbol, child);
                    (parents[child], symbols[child], depths[child]) = (node, symbol, depths[node] + 1);
                }

                node = child;
            }

            if (ends[node] < 0)
                ends[node] = i;
        }

        (_depth, _term) = (depths[..count], ends[..count]);
        (_fallback, _shorter) = (new int[count], new int[count]);
        LinkByDepth(parents, symbols, count);
    }

    /// <summary>Symbols from the root to a node.</summary>
    public int Depth(int node) => _depth[node];

    /// <summary>The node of the longest shorter ending.</summary>
    public int Fallback(int node) => _fallback[node];

    /// <summary>The term that a node completes; -1 when it completes none.</summary>
    public int Term(int node) => _term[node];

    /// <summary>The node of the longest term that is an ending of a node's symbols and shorter than them; the root when there is none.</summary>
    public int Shorter(int node) => _shorter[node];

    /// <summary>The node that a symbol leads to without falling back; the root when there is none.</summary>
    public int Child(int node, int symbol)
    {
        var key = Key(node, symbol);
        for (var slot = Slot(key); _keys[slot] != 0; slot = (slot + 1) & _mask)
        {
            if (_keys[slot] == key)
                return _children[slot];
        }

        return Root;
    }

    /// <summary>The node of the longest beginning of a term that ends with a symbol.</summary>
    public int Next(int node, int symbol)
    {
        while (true)
        {
            var child = Child(node, symbol);
            if (child != Root || node == Root)
                return child;
            node = _fallback[node];
        }
    }

    private static ulong Key(int node, int symbol) => ((ulong)(uint)node << 32) | (uint)symbol;

    private int Slot(ulong key) => (int)((key * 0x9E3779B97F4A7C15UL) >> 32) & _mask;

    private void Insert(int node, int symbol, int child)
    {
        var slot = Slot(Key(node, symbol));
        while (_keys[slot] != 0)
            slot = (slot + 1) & _mask;
        (_keys[slot], _children[slot]) = (Key(node, symbol), child);
    }

    /// <summary>Fallbacks lead to nodes less deep, so that they are found level by level.</summary>
    private void LinkByDepth(int[] parents, int[] symbols, int count)
    {
        var nodes = new int[count];
        for (var i = 0; i < count; i++)
            nodes[i] = i;
        Array.Sort((int[])_depth.Clone(), nodes);
        foreach (var node in nodes)
        {
            if (node == Root)
                continue;
            var parent = parents[node];
            var fallback = parent == Root ? Root : Next(_fallback[parent], symbols[node]);
            _fallback[node] = fallback;
            _shorter[node] = _term[fallback] >= 0 ? fallback : _shorter[fallback];
        }
    }
}
