namespace Gateway.Guardrails;

/// <summary>What guards found in a text. Allocates with the first finding only; cleared and used again.</summary>
public sealed class Findings
{
    private Finding[] _items = [];

    public int Count { get; private set; }

    public ReadOnlySpan<Finding> All => _items.AsSpan(0, Count);

    public void Add(Finding finding)
    {
        if (Count == _items.Length)
            Array.Resize(ref _items, Math.Max(4, _items.Length * 2));
        _items[Count++] = finding;
    }

    public void Add(string label, int start, int length, float score = 1) => Add(new Finding(label, start, length, score));

    public void Clear() => Count = 0;

    /// <summary>Sorts by place, longer ones first.</summary>
    public void Sort() => _items.AsSpan(0, Count).Sort(static (one, other) =>
        one.Start != other.Start ? one.Start.CompareTo(other.Start) : other.Length.CompareTo(one.Length));
}
