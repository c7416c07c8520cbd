namespace Gateway.Configuration;

/// <summary>The address of a listener rather than of a server we call: http only, no path, port 0 allowed.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ListenerAttribute : Attribute;
