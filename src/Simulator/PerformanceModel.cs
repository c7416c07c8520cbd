using Gateway.Simulator.Engine;

namespace Gateway.Simulator;

/// <summary>How long a model takes. The presets, with the source of each number, are in <see cref="PerformancePresets"/> and the README.</summary>
public sealed record PerformanceModel
{
    /// <summary>What an answer waits for.</summary>
    public PerformanceKind Kind { get; init; } = PerformanceKind.Batched;

    /// <summary>Prompt tokens read per second while a step does nothing else.</summary>
    public double PrefillTokensPerSecond { get; init; }

    /// <summary>Length of a decode step with one sequence; for <see cref="PerformanceKind.Paced"/> the time between two tokens.</summary>
    public TimeSpan DecodeBase { get; init; }

    /// <summary>What each further sequence in the batch adds to a decode step.</summary>
    public TimeSpan DecodePerSequence { get; init; }

    /// <summary>What a thousand tokens of context, over the whole batch, add to a decode step: reading their KV entries.</summary>
    public TimeSpan DecodePerThousandContextTokens { get; init; }

    /// <summary>Sequences that run at once; vLLM's <c>--max-num-seqs</c>.</summary>
    public int MaxSequences { get; init; } = 256;

    /// <summary>Tokens a step handles, decode and chunked prefill together; vLLM's <c>--max-num-batched-tokens</c>.</summary>
    public int MaxBatchedTokens { get; init; } = 8192;

    /// <summary>KV blocks of 16 tokens each; engines without a batch only report the number.</summary>
    public int KvBlocks { get; init; } = 22_000;

    /// <summary>From the request to the first token, for <see cref="PerformanceKind.Paced"/>.</summary>
    public TimeSpan FirstToken { get; init; }

    /// <summary>No timers: an answer is there at once. For tests and as a bench's upstream.</summary>
    public static PerformanceModel Instant { get; } = new() { Kind = PerformanceKind.Instant };

    /// <summary>An 8B model on one GPU.</summary>
    public static PerformanceModel Small8B => PerformancePresets.Small8B;

    /// <summary>A 744B mixture of experts on eight GPUs.</summary>
    public static PerformanceModel Large744B => PerformancePresets.Large744B;

    /// <summary>Tokens at a fixed pace whatever the load, on one shared timer.</summary>
    public static PerformanceModel Paced(TimeSpan interval, TimeSpan? firstToken = null) =>
        new() { Kind = PerformanceKind.Paced, DecodeBase = interval, FirstToken = firstToken ?? interval };

    /// <summary>The preset of that name, or null.</summary>
    public static PerformanceModel? Named(string name) => name switch
    {
        "instant" => Instant,
        "paced" => Paced(TimeSpan.FromMilliseconds(20)),
        "8b" => Small8B,
        "744b" => Large744B,
        _ => null,
    };
}
