namespace Gateway.Configuration;

/// <summary>The text is an expression: it may have several lines, and faults in it are reported at their own line and column.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ExpressionAttribute : Attribute;
