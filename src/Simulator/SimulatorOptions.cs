namespace Gateway.Simulator;

/// <summary>
/// What one simulated replica serves and how fast. Every default is written once, here. Durations of the engine, of faults and of the
/// drain are virtual: <see cref="TimeScale"/> divides them.
/// </summary>
public sealed record SimulatorOptions
{
    /// <summary>Name the replica serves; any other <c>model</c> is a 404, an absent one is accepted, as in vLLM.</summary>
    public string Model { get; init; } = "Qwen/Qwen3-8B";

    /// <summary>How long prefill and decode take, and how many KV blocks there are.</summary>
    public PerformanceModel Performance { get; init; } = PerformanceModel.Instant;

    /// <summary>Virtual seconds per real second; 100 makes a test a hundred times faster.</summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>Longest prompt and answer together, in tokens; vLLM's <c>--max-model-len</c>.</summary>
    public int MaxModelLen { get; init; } = 32768;

    /// <summary>Bearer token asked for on paths under /v1, /v2, /inference and /cohere; null asks for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>vLLM's <c>--shutdown-timeout</c>: zero aborts running requests at once, anything else lets them run that long.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>Varies the answers. Replicas with one seed give one prompt one answer, so that a resumed answer can be compared with a whole one.</summary>
    public int Seed { get; init; }

    /// <summary>Keep the received POST requests for <see cref="SimulatedReplica.Received"/>.</summary>
    public bool Record { get; init; }

    /// <summary>Address to listen on; null is a free port on 127.0.0.1.</summary>
    public Uri? Listen { get; init; }

    /// <summary>
    /// Generated tokens of an answer, its end-of-turn token included, when the request names no length with <c>vllm_xargs.sim_tokens</c>,
    /// <c>min_tokens</c> or <c>ignore_eos</c>. <c>max_tokens</c> only ever cuts it, with finish reason "length".
    /// </summary>
    public int AnswerTokens { get; init; } = 24;

    /// <summary>Tokens of thought before the answer; 0 makes the model one that does not think.</summary>
    public int ReasoningTokens { get; init; }

    /// <summary>Which of vLLM's two servers writes the errors.</summary>
    public ErrorDialect Dialect { get; init; } = ErrorDialect.Python;

    /// <summary>vLLM's <c>--enable-prompt-tokens-details</c>: whether usage tells <c>cached_tokens</c>. vLLM's own default is off.</summary>
    public bool PromptTokensDetails { get; init; } = true;

    /// <summary>vLLM's <c>--enable-per-request-metrics</c>: whether a reply carries its own timings.</summary>
    public bool PerRequestMetrics { get; init; }

    /// <summary>vLLM's <c>--enable-force-include-usage</c>: usage on every chunk of every stream, asked for or not.</summary>
    public bool ForceIncludeUsage { get; init; }

    /// <summary>vLLM's <c>--enable-request-id-headers</c>: whether replies carry <c>X-Request-Id</c>.</summary>
    public bool RequestIdHeaders { get; init; }

    /// <summary>vLLM's <c>--enable-server-load-tracking</c>: whether <c>/load</c> counts; without it the answer is always 0.</summary>
    public bool ServerLoadTracking { get; init; }

    /// <summary>
    /// vLLM's <c>--scheduling-policy priority</c>, as far as callers see it: whether a <c>priority</c> other than 0 is taken. Without it
    /// such a request is a 400; with it the order of the queue stays as it is.
    /// </summary>
    public bool PriorityScheduling { get; init; }

    /// <summary>Whether <c>tool_choice: auto</c> works, as with <c>--enable-auto-tool-choice</c>; without it such a request is a 400.</summary>
    public bool AutoToolChoice { get; init; } = true;

    /// <summary>Whether adapters may be loaded and unloaded, as with <c>VLLM_ALLOW_RUNTIME_LORA_UPDATING=1</c>.</summary>
    public bool RuntimeLora { get; init; } = true;

    /// <summary>Whether the chat template trims the final message, so that a continued answer begins by repeating trailing whitespace.</summary>
    public bool TrimFinalMessage { get; init; }

    /// <summary>Whether <c>return_token_ids</c> is known, as since vLLM 0.10.2; an older one ignores it.</summary>
    public bool TokenIds { get; init; } = true;

    /// <summary>One write to the socket per chunk, as vLLM does. Off: one write per batch of tokens that is ready, for benches.</summary>
    public bool FlushEachChunk { get; init; } = true;

    /// <summary>Length of an embedding when the request gives no <c>dimensions</c>.</summary>
    public int EmbeddingDimensions { get; init; } = 64;

    /// <summary>The clock behind everything.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
