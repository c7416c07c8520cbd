namespace Gateway.Hosting;

/// <summary>The blueprint in force; replaced whole, so that a request sees one configuration from beginning to end.</summary>
public sealed class LiveBlueprint(Blueprint first)
{
    private volatile Blueprint _current = first;

    public Blueprint Current => _current;

    public void Replace(Blueprint next) => _current = next;
}
