namespace Gateway.Configuration;

/// <summary>A value that no error, report or log may show; <c>file:/path</c> reads it from a file.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : Attribute;
