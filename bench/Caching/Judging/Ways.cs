namespace Gateway.Bench.Caching.Judging;

/// <summary>The ways of matching that are compared, each with how near it says two asks are; not a number where it never matches.</summary>
public static class Ways
{
    public static readonly (string Name, Func<Scored, float> Similarity)[] All =
    [
        ("table alone", pair => pair.Table),
        ("encoder alone", pair => pair.Encoder),
        ("encoder and comparison", Ours),
        ("whole transcript", pair => pair.WholeTranscript),
        ("role-prefixed, lower case", pair => pair.RolePrefixed),
    ];

    /// <summary>Found by the table, nowhere different, as near as the encoder says.</summary>
    public static float Ours(Scored pair) => pair.Difference is null && pair.Table >= FindAbove ? pair.Encoder : float.NaN;

    private static float FindAbove { get; } = new Gateway.Caching.Semantic.SemanticSettings().FindAbove;
}
