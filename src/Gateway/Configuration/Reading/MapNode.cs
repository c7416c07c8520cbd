namespace Gateway.Configuration.Reading;

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
