namespace Gateway.Configuration.Reading;

/// <summary>Values in order.</summary>
internal sealed class ListNode(ConfigMark mark, IReadOnlyList<ConfigNode> items, int size)
    : ConfigNode(mark, size, items.Count == 0 ? 1 : items.Max(item => item.Height) + 1)
{
    public IReadOnlyList<ConfigNode> Items { get; } = items;

    public override string Word => "a list";
}
