using Gateway.Simulator.Engine;

namespace Gateway.Simulator;

/// <summary>Refuses options that make no sense; all of them at once, each with its value.</summary>
internal static class OptionRules
{
    public static void Check(SimulatorOptions options)
    {
        var errors = new List<string>();
        var performance = options.Performance;
        if (options.Model.Length == 0) errors.Add("Model is empty");
        if (options.TimeScale <= 0) errors.Add($"TimeScale is {options.TimeScale}; it has to be above 0");
        if (options.MaxModelLen < 2) errors.Add($"MaxModelLen is {options.MaxModelLen}; it has to be at least 2");
        if (options.AnswerTokens < 1) errors.Add($"AnswerTokens is {options.AnswerTokens}; it has to be at least 1");
        if (options.ReasoningTokens < 0) errors.Add($"ReasoningTokens is {options.ReasoningTokens}; it has to be at least 0");
        if (options.EmbeddingDimensions < 1) errors.Add($"EmbeddingDimensions is {options.EmbeddingDimensions}; it has to be at least 1");
        if (options.ShutdownTimeout < TimeSpan.Zero) errors.Add($"ShutdownTimeout is {options.ShutdownTimeout}; it may not be negative");
        if (performance.Kind == PerformanceKind.Paced && performance.DecodeBase <= TimeSpan.Zero)
            errors.Add($"Performance.DecodeBase is {performance.DecodeBase}; a paced model needs an interval");
        if (performance.Kind == PerformanceKind.Batched)
        {
            if (performance.PrefillTokensPerSecond <= 0) errors.Add($"Performance.PrefillTokensPerSecond is {performance.PrefillTokensPerSecond}; it has to be above 0");
            if (performance.MaxSequences < 1) errors.Add($"Performance.MaxSequences is {performance.MaxSequences}; it has to be at least 1");
            if (performance.MaxBatchedTokens < 1) errors.Add($"Performance.MaxBatchedTokens is {performance.MaxBatchedTokens}; it has to be at least 1");
            // vLLM refuses to start too: one request of the greatest length has to fit.
            if ((long)performance.KvBlocks * KvBlocks.BlockTokens < options.MaxModelLen)
                errors.Add($"Performance.KvBlocks is {performance.KvBlocks} blocks of {KvBlocks.BlockTokens} tokens, less than MaxModelLen, {options.MaxModelLen}");
        }
        if (errors.Count > 0) throw new ArgumentException(string.Join("; ", errors), nameof(options));
    }
}
