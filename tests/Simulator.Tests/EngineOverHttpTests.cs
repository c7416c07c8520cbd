using System.Text.Json;

namespace Gateway.Simulator.Tests;

/// <summary>The engines behind the routes, on a clock that runs fast.</summary>
public sealed class EngineOverHttpTests
{
    private static string Prompt(string more = "") =>
        "{\"messages\":[{\"role\":\"user\",\"content\":\"" + string.Concat(Enumerable.Repeat("all the words that a prompt has ", 40)) + "\"}]" + more + "}";

    private static int Cached(JsonElement reply) =>
        reply.GetProperty("usage").GetProperty("prompt_tokens_details").GetProperty("cached_tokens").GetInt32();

    [Fact]
    public async Task Second_request_finds_the_first_ones_prefix_and_the_metrics_say_so()
    {
        await using var replica = await SimulatedReplica.StartAsync(new SimulatorOptions { Performance = PerformanceModel.Small8B, TimeScale = 100, PerRequestMetrics = true });
        using var caller = new Caller(replica);
        var first = await caller.JsonAsync(Caller.ChatPath, Prompt());
        var second = await caller.JsonAsync(Caller.ChatPath, Prompt());
        var other = await caller.JsonAsync(Caller.ChatPath, Prompt(",\"cache_salt\":\"mine\""));
        var prompt = first.GetProperty("usage").GetProperty("prompt_tokens").GetInt32();
        Assert.Equal((0, prompt / 16 * 16, 0), (Cached(first), Cached(second), Cached(other)));
        Assert.Equal(3 * prompt, await caller.MetricAsync("vllm:prefix_cache_queries_total"));
        Assert.Equal(Cached(second), await caller.MetricAsync("vllm:prefix_cache_hits_total"));
        Assert.Equal(3 * prompt, await caller.MetricAsync("vllm:prompt_tokens_total"));
        Assert.Equal(Cached(second), await caller.MetricAsync("vllm:prompt_tokens_cached_total"));
        Assert.Equal(3 * 24, await caller.MetricAsync("vllm:generation_tokens_total"));
        Assert.Equal(3, await caller.MetricAsync("vllm:request_success_total{engine=\"0\",model_name=\"Qwen/Qwen3-8B\",finished_reason=\"stop\"}"));
        Assert.Equal(3, await caller.MetricAsync("vllm:time_to_first_token_seconds_count"));
        Assert.Equal(3 * 23, await caller.MetricAsync("vllm:inter_token_latency_seconds_count"));
        Assert.True(second.GetProperty("metrics").GetProperty("mean_itl_ms").GetDouble() > 6.9);
    }

    [Fact]
    public async Task Gauges_show_the_batch_the_queue_and_the_blocks()
    {
        await using var replica = await SimulatedReplica.StartAsync(
            new SimulatorOptions { Performance = PerformanceModel.Small8B with { MaxSequences = 2 } });
        using var caller = new Caller(replica);
        using var stop = new CancellationTokenSource();
        var asked = Enumerable.Range(0, 3).Select(_ => caller.PostAsync(Caller.ChatPath, Prompt(",\"stream\":true,\"max_tokens\":20000,\"ignore_eos\":true"))).ToArray();
        await Task.WhenAll(asked);
        await Caller.UntilAsync(() => replica is { Running: 2, Waiting: 1 });
        Assert.Equal(2, await caller.MetricAsync("vllm:num_requests_running"));
        Assert.Equal(1, await caller.MetricAsync("vllm:num_requests_waiting{"));
        Assert.Equal(1, await caller.MetricAsync("vllm:num_requests_waiting_by_reason{engine=\"0\",model_name=\"Qwen/Qwen3-8B\",reason=\"capacity\"}"));
        Assert.InRange(await caller.MetricAsync("vllm:kv_cache_usage_perc"), 0.0001, 0.9);
        foreach (var each in asked) (await each).Dispose();
        await Caller.UntilAsync(() => replica is { Running: 0, Waiting: 0 });
    }

    [Fact]
    public async Task Paced_stream_takes_its_time()
    {
        await using var replica = await SimulatedReplica.StartAsync(
            new SimulatorOptions { Performance = PerformanceModel.Paced(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)), TimeScale = 100 });
        using var caller = new Caller(replica);
        var start = TimeProvider.System.GetTimestamp();
        var frames = await caller.FramesAsync(Caller.Hello(",\"stream\":true,\"max_tokens\":10"));
        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds, 40 + 9 * 20, 5000);
        Assert.Equal(12, frames.Length);
    }

    [Fact]
    public async Task Metrics_have_the_names_and_labels_that_routers_read()
    {
        await using var replica = await SimulatedReplica.StartAsync(new SimulatorOptions { Model = "m", Performance = PerformanceModel.Large744B });
        using var caller = new Caller(replica);
        var page = await caller.GetAsync("/metrics");
        foreach (var name in (string[])["vllm:num_requests_running", "vllm:num_requests_waiting", "vllm:kv_cache_usage_perc", "vllm:num_preemptions_total",
            "vllm:prefix_cache_queries_total", "vllm:prefix_cache_hits_total", "vllm:prompt_tokens_total", "vllm:generation_tokens_total"])
            Assert.Contains($"\n{name}{{engine=\"0\",model_name=\"m\"}} 0.0\n", page);
        foreach (var name in (string[])["time_to_first_token", "inter_token_latency", "request_time_per_output_token", "e2e_request_latency",
            "request_queue_time", "request_prefill_time", "request_decode_time"])
            Assert.Contains($"\nvllm:{name}_seconds_bucket{{engine=\"0\",model_name=\"m\",le=\"+Inf\"}} 0.0\n", page);
        Assert.Contains("vllm:cache_config_info{block_size=\"16\",enable_prefix_caching=\"True\",engine=\"0\",num_gpu_blocks=\"23500\"} 1.0", page);
    }
}
