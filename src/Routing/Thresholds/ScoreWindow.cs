namespace Gateway.Routing.Thresholds;

/// <summary>The last scores, and where a score stands among them.</summary>
/// <remarks>
/// Scores are kept in steps of 1/1024: a ring of what came last, and a tree of counts (Fenwick's) from which a rank takes ten
/// additions. Not synchronised; its owner is.
/// </remarks>
public sealed class ScoreWindow
{
    /// <summary>Steps between 0 and 1.</summary>
    public const int Steps = 1024;

    private readonly ushort[] _ring;
    private readonly int[] _tree = new int[Steps + 1];
    private int _next;

    /// <param name="capacity">How many scores are remembered.</param>
    public ScoreWindow(int capacity) => _ring = new ushort[capacity];

    /// <summary>Scores remembered now; at most the capacity.</summary>
    public int Count { get; private set; }

    public int Capacity => _ring.Length;

    /// <summary>Remembers a score, and forgets the oldest when full.</summary>
    public void Add(double score) => AddStep(StepOf(score));

    /// <summary>The share of remembered scores that are lower, those in the same step counted half; 0.5 when none is remembered.</summary>
    public double QuantileOf(double score)
    {
        if (Count == 0)
            return 0.5;
        var step = StepOf(score);
        var below = CountBelow(step);
        var same = CountBelow(step + 1) - below;
        return (below + (0.5 * same)) / Count;
    }

    /// <summary>The lowest score at or above which at most <paramref name="share"/> of those remembered lie.</summary>
    public double ScoreAt(double share)
    {
        var mayLieBelow = (int)Math.Ceiling((1 - share) * Count);
        var step = 0;
        for (var size = Steps / 2; size > 0; size /= 2)
        {
            if (CountBelow(step + size) < mayLieBelow)
                step += size;
        }

        return mayLieBelow == 0 ? 0 : Math.Min(1, (step + 1) / (double)Steps);
    }

    /// <summary>Fills an empty window evenly from a distribution.</summary>
    /// <param name="quantiles">Scores at evenly spaced quantiles, ascending.</param>
    /// <param name="count">How many scores to remember from it; the rest of the window is left to traffic.</param>
    public void Seed(ReadOnlySpan<float> quantiles, int count)
    {
        if (quantiles.IsEmpty)
            return;
        // Taken in steps of the golden ratio, so that traffic, which pushes them out in this order, leaves an even rest.
        const double Golden = 0.6180339887498949;
        var at = 0.0;
        for (var i = 0; i < Math.Min(count, Capacity); i++)
        {
            at = (at + Golden) % 1;
            Add(quantiles[(int)(at * quantiles.Length)]);
        }
    }

    /// <summary>The remembered scores, oldest first, two bytes each: what another window is made from.</summary>
    public byte[] Save()
    {
        var saved = new byte[Count * sizeof(ushort)];
        for (var i = 0; i < Count; i++)
            BitConverter.TryWriteBytes(saved.AsSpan(i * sizeof(ushort)), _ring[(_next - Count + i + Capacity) % Capacity]);
        return saved;
    }

    /// <summary>Remembers what another window saved; a step out of range counts as the highest.</summary>
    public void Load(ReadOnlySpan<byte> saved)
    {
        for (; saved.Length >= sizeof(ushort); saved = saved[sizeof(ushort)..])
            AddStep(Math.Min(BitConverter.ToUInt16(saved), (ushort)(Steps - 1)));
    }

    private static ushort StepOf(double score) => (ushort)Math.Clamp((int)(score * Steps), 0, Steps - 1);

    private void AddStep(ushort step)
    {
        if (Count == Capacity)
            Tally(_ring[_next], -1);
        else
            Count++;
        _ring[_next] = step;
        _next = (_next + 1) % Capacity;
        Tally(step, 1);
    }

    private void Tally(int step, int by)
    {
        for (var node = step + 1; node <= Steps; node += node & -node)
            _tree[node] += by;
    }

    /// <summary>Scores in the steps before this one.</summary>
    private int CountBelow(int step)
    {
        var sum = 0;
        for (var node = step; node > 0; node -= node & -node)
            sum += _tree[node];
        return sum;
    }
}
