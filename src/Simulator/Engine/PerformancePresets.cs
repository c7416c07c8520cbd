namespace Gateway.Simulator.Engine;

/// <summary>
/// Two models. The figures are roofline estimates from public data sheets and model cards, not measurements; the README shows the
/// arithmetic.
/// </summary>
internal static class PerformancePresets
{
    /// <summary>Qwen3-8B in BF16 (8.2e9 parameters, 36 layers, 8 KV heads of 128) on one H100 SXM (989 TFLOPS dense, 3.35 TB/s, 80 GB).</summary>
    public static PerformanceModel Small8B { get; } = new()
    {
        PrefillTokensPerSecond = 30_000,
        DecodeBase = TimeSpan.FromMilliseconds(7),
        DecodePerSequence = TimeSpan.FromMicroseconds(40),
        DecodePerThousandContextTokens = TimeSpan.FromMicroseconds(44),
        MaxSequences = 256,
        MaxBatchedTokens = 8192,
        KvBlocks = 22_000,
    };

    /// <summary>GLM-5 in FP8 (744e9 parameters, 40e9 active) on eight H200 (4.8 TB/s, 141 GB each), tensor parallel 8.</summary>
    public static PerformanceModel Large744B { get; } = new()
    {
        PrefillTokensPerSecond = 15_000,
        DecodeBase = TimeSpan.FromMilliseconds(14),
        DecodePerSequence = TimeSpan.FromMicroseconds(300),
        DecodePerThousandContextTokens = TimeSpan.FromMicroseconds(19),
        MaxSequences = 256,
        MaxBatchedTokens = 8192,
        KvBlocks = 23_500,
    };
}
