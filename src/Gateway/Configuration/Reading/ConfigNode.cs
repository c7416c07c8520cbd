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
