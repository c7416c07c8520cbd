using Gateway.Simulator.Engine;

namespace Gateway.Simulator.Metrics;

/// <summary>What the engine counts, under vLLM's names. Times are virtual seconds.</summary>
internal sealed class EngineCounters
{
    // Bounds as in vLLM's v1/metrics/loggers.py.
    private static readonly double[] FirstTokenBounds =
        [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 640, 2560];
    private static readonly double[] TokenBounds =
        [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80];
    private static readonly double[] RequestBounds =
        [0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680];

    /// <summary>vLLM's finish reasons, in the order of <see cref="Success"/>.</summary>
    public static readonly string[] Reasons = ["stop", "length", "abort", "error", "repetition"];

    public long PromptTokens, CachedPromptTokens, GenerationTokens, CacheQueries, CacheHits, Preemptions;

    /// <summary>Finished requests by reason.</summary>
    public readonly long[] Success = new long[Reasons.Length];

    public Histogram FirstToken { get; } = new("vllm:time_to_first_token_seconds", FirstTokenBounds);
    public Histogram InterToken { get; } = new("vllm:inter_token_latency_seconds", TokenBounds);
    public Histogram PerOutputToken { get; } = new("vllm:request_time_per_output_token_seconds", TokenBounds);
    public Histogram EndToEnd { get; } = new("vllm:e2e_request_latency_seconds", RequestBounds);
    public Histogram Queue { get; } = new("vllm:request_queue_time_seconds", RequestBounds);
    public Histogram Prefill { get; } = new("vllm:request_prefill_time_seconds", RequestBounds);
    public Histogram Decode { get; } = new("vllm:request_decode_time_seconds", RequestBounds);

    public IEnumerable<Histogram> Histograms => [FirstToken, InterToken, PerOutputToken, EndToEnd, Queue, Prefill, Decode];

    /// <summary>Accounts for a sequence that has ended.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="reason">Its finish reason.</param>
    public void Ended(Sequence sequence, string reason)
    {
        Interlocked.Add(ref PromptTokens, sequence.PromptTokens);
        Interlocked.Add(ref CachedPromptTokens, sequence.CachedTokens);
        Interlocked.Add(ref GenerationTokens, sequence.Produced);
        Interlocked.Increment(ref Success[Math.Max(Array.IndexOf(Reasons, reason == "tool_calls" ? "stop" : reason), 0)]);
        if (sequence.Produced == 0) return;
        var decode = Math.Max((sequence.LastToken - sequence.FirstToken).TotalSeconds, 0);
        FirstToken.Observe((sequence.FirstToken - sequence.Arrived).TotalSeconds);
        Queue.Observe((sequence.Scheduled - sequence.Arrived).TotalSeconds);
        Prefill.Observe((sequence.FirstToken - sequence.Scheduled).TotalSeconds);
        Decode.Observe(decode);
        EndToEnd.Observe((sequence.LastToken - sequence.Arrived).TotalSeconds);
        if (sequence.Produced < 2) return;
        PerOutputToken.Observe(decode / (sequence.Produced - 1));
        InterToken.Observe(decode / (sequence.Produced - 1), sequence.Produced - 1);
    }
}
