namespace Gateway.Configuration;

/// <summary>A list that may also be written as its only item.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOrManyAttribute : Attribute;
