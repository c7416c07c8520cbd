namespace Gateway.Configuration;

/// <summary>Of these members of an options record exactly one is written.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OneOfAttribute(params string[] members) : Attribute
{
    /// <summary>The properties' names.</summary>
    public IReadOnlyList<string> Members { get; } = members;
}
