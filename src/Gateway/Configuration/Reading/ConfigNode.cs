namespace Gateway.Configuration.Reading;

/// <summary>A value of the file before anybody knows what it means.</summary>
internal abstract class ConfigNode(ConfigMark mark, int size, int height)
{
    public ConfigMark Mark { get; } = mark;

    /// <summary>Nodes in this value with every alias written out.</summary>
    public int Size { get; } = size;

    /// <summary>Levels of nesting below this value.</summary>
    public int Height { get; } = height;

    /// <summary>What a message calls this value.</summary>
    public abstract string Word { get; }
}

/// <summary>Text, a number, a switch or nothing: the type of the option decides which.</summary>
internal sealed class ScalarNode(ConfigMark mark, string text, bool plain) : ConfigNode(mark, 1, 0)
{
    public string Text { get; } = text;

    /// <summary>Written without quotes.</summary>
    public bool Plain { get; } = plain;

    public bool IsNull => Plain && Text is "" or "~" or "null" or "Null" or "NULL";

    public override string Word => Quoting.Quote(Text);
}

/// <summary>Values in order.</summary>
internal sealed class ListNode(ConfigMark mark, IReadOnlyList<ConfigNode> items, int size)
    : ConfigNode(mark, size, items.Count == 0 ? 1 : items.Max(item => item.Height) + 1)
{
    public IReadOnlyList<ConfigNode> Items { get; } = items;

    public override string Word => "a list";
}

/// <summary>Values under keys; a key may stand twice, which the binder reports.</summary>
internal sealed class MapNode(ConfigMark mark, IReadOnlyList<MapEntry> entries, int size)
    : ConfigNode(mark, size, entries.Count == 0 ? 1 : entries.Max(entry => entry.Value.Height) + 1)
{
    public IReadOnlyList<MapEntry> Entries { get; } = entries;

    public override string Word => "a mapping";
}

/// <summary>A key and its value.</summary>
internal readonly record struct MapEntry(ScalarNode Key, ConfigNode Value)
{
    /// <summary>Where an error about the value points: at a scalar itself, else at its key.</summary>
    public ConfigMark Mark => Value is ScalarNode { Text.Length: > 0 } ? Value.Mark : Key.Mark;
}
