namespace Gateway.Guardrails.Text;

/// <summary>The beginnings of keywords as nodes of an automaton: numbered level by level, so that a node's children lie side by side.</summary>
internal sealed class KeywordTrie
{
    /// <summary>The node of nothing matched.</summary>
    public const int Root = 0;

    /// <summary>No node.</summary>
    public const int None = -1;

    private const int Few = 8;

    private readonly int[] _roots = new int[256];
    private readonly List<Node> _building = [];
    private readonly Node[] _nodes;
    private readonly byte[] _labels;

    /// <param name="keywords">As they are compared, none empty.</param>
    public KeywordTrie(byte[][] keywords)
    {
        Grow(keywords);
        _nodes = [.. _building, new Node { Children = _building.Count, Keyword = -1 }];
        _building.Clear();
        _labels = Array.ConvertAll(_nodes, static node => node.Label);
        Array.Fill(_roots, None);
        for (var child = _nodes[Root].Children; child < _nodes[Root + 1].Children; child++)
            _roots[_labels[child]] = child;
        Link();
    }

    /// <summary>How many bytes are matched.</summary>
    public int Depth(int node) => _nodes[node].Depth;

    /// <summary>The keyword that ends here.</summary>
    public int Keyword(int node) => _nodes[node].Keyword;

    /// <summary>The node of the longest beginning that ends where this one ends.</summary>
    public int Fallback(int node) => _nodes[node].Fallback;

    /// <summary>The node itself if a keyword ends here, else that of the longest keyword that ends at the same place.</summary>
    public int Ending(int node) => _nodes[node].Keyword >= 0 ? node : _nodes[node].Shorter;

    /// <summary>The node of the next shorter keyword that ends at the same place.</summary>
    public int ShorterEnding(int node) => _nodes[node].Shorter;

    /// <summary>Whether a keyword goes on behind what is matched.</summary>
    public bool GoesOn(int node) => _nodes[node].Children < _nodes[node + 1].Children;

    /// <summary>The node with one more byte matched.</summary>
    public int Child(int node, byte label)
    {
        if (node == Root)
            return _roots[label];
        var (first, end) = (_nodes[node].Children, _nodes[node + 1].Children);
        if (end - first > Few)
            return _labels.AsSpan(first, end - first).IndexOf(label) is var at and >= 0 ? first + at : None;
        for (; first < end; first++)
        {
            if (_labels[first] == label)
                return first;
        }

        return None;
    }

    /// <summary>The node of the longest beginning after one more byte.</summary>
    public int Next(int node, byte label)
    {
        while (true)
        {
            var child = Child(node, label);
            if (child != None || node == Root)
                return Math.Max(child, Root);
            node = Fallback(node);
        }
    }

    /// <summary>Makes the nodes, each from the run of keywords that begin with it, after sorting the run by the byte that follows.</summary>
    private void Grow(byte[][] keywords)
    {
        var order = new int[keywords.Length];
        var sorted = new int[keywords.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        var runs = new List<(int Start, int End)> { (0, order.Length) };
        _building.Add(new Node { Keyword = -1 });
        Span<int> starts = stackalloc int[257];
        for (var node = 0; node < _building.Count; node++)
        {
            var grown = _building[node];
            grown.Children = _building.Count;
            _building[node] = grown with { Keyword = Sort(keywords, order, sorted, runs[node], grown.Depth, starts) };
            for (var (i, end) = (starts[0], runs[node].End); i < end;)
            {
                var label = keywords[order[i]][grown.Depth];
                var from = i;
                while (i < end && keywords[order[i]][grown.Depth] == label)
                    i++;
                _building.Add(new Node { Label = label, Depth = grown.Depth + 1, Keyword = -1, Shorter = None });
                runs.Add((from, i));
            }
        }
    }

    /// <summary>Sorts a run by the byte at a depth, keywords that end there first and left out of what <paramref name="starts"/>[0] begins.</summary>
    /// <returns>The first keyword that ends at the depth; -1 when none does.</returns>
    private static int Sort(byte[][] keywords, int[] order, int[] sorted, (int Start, int End) run, int depth, Span<int> starts)
    {
        var ended = -1;
        if (run.End - run.Start == 1)
        {
            ended = keywords[order[run.Start]].Length == depth ? order[run.Start] : -1;
            starts[0] = run.Start + (ended < 0 ? 0 : 1);
            return ended;
        }

        // A counting sort, stable, so that of equal keywords the first is met first.
        starts.Clear();
        for (var i = run.Start; i < run.End; i++)
            starts[Slot(keywords[order[i]], depth)]++;
        var place = run.Start;
        foreach (ref var start in starts)
            (start, place) = (place, place + start);
        for (var i = run.Start; i < run.End; i++)
        {
            var slot = Slot(keywords[order[i]], depth);
            if (slot == 0 && ended < 0)
                ended = order[i];
            sorted[starts[slot]++] = order[i];
        }

        sorted.AsSpan(run.Start, run.End - run.Start).CopyTo(order.AsSpan(run.Start));
        return ended;
    }

    private static int Slot(byte[] keyword, int depth) => keyword.Length == depth ? 0 : keyword[depth] + 1;

    /// <summary>Gives every node its fallback, parents before children.</summary>
    private void Link()
    {
        for (var node = 0; node < _nodes.Length - 1; node++)
        {
            for (var child = _nodes[node].Children; child < _nodes[node + 1].Children; child++)
            {
                var fallback = node == Root ? Root : Next(_nodes[node].Fallback, _labels[child]);
                _nodes[child].Fallback = fallback;
                _nodes[child].Shorter = fallback == Root ? None : Ending(fallback);
            }
        }

        _nodes[Root].Shorter = None;
    }

    private record struct Node
    {
        public int Children;
        public int Fallback;
        public int Shorter;
        public int Keyword;
        public int Depth;
        public byte Label;
    }
}
