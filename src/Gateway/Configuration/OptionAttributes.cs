namespace Gateway.Configuration;

/// <summary>A number of bytes: a plain number, or a number with KiB, MiB or GiB.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ByteSizeAttribute : Attribute;

/// <summary>A value that no error, report or log may show; <c>file:/path</c> reads it from a file.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : Attribute;

/// <summary>The address of a listener rather than of a server we call: http only, no path, port 0 allowed.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ListenerAttribute : Attribute;

/// <summary>The name of a policy of this kind.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PolicyAttribute(PolicyKind kind) : Attribute
{
    public PolicyKind Kind { get; } = kind;
}

/// <summary>Kinds of policies that are chosen by name.</summary>
internal enum PolicyKind
{
    Scorer,
    Balancing,
}
