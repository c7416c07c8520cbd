namespace Gateway.Configuration.Reading;

/// <summary>A scalar as a value, or what is wrong with it, phrased to follow the quoted text.</summary>
internal readonly record struct ScalarReading(object? Value, string? Problem)
{
    /// <summary>The text may hold a password, so that a message must not quote it.</summary>
    public bool Hidden { get; init; }

    public static ScalarReading Of(object value) => new(value, null);

    public static ScalarReading Wrong(string problem) => new(null, problem);
}
