namespace Gateway.Configuration;

/// <summary>A number of bytes: a plain number, or a number with KiB, MiB or GiB.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ByteSizeAttribute : Attribute;
