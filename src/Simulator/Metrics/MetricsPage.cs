using System.Globalization;
using System.Text;
using Gateway.Simulator.Hosting;

namespace Gateway.Simulator.Metrics;

/// <summary><c>/metrics</c> in Prometheus text, with vLLM's names and labels.</summary>
internal static class MetricsPage
{
    public static string Write(Serving serving)
    {
        var page = new StringBuilder(16 * 1024);
        var labels = $"engine=\"0\",model_name=\"{serving.Options.Model}\"";
        Gauges(page, serving, labels);
        var counters = serving.Counters;
        Counter(page, labels, "vllm:num_preemptions", "Cumulative number of preemption from the engine.", counters.Preemptions);
        Counter(page, labels, "vllm:prefix_cache_queries", "Prefix cache queries, in terms of number of queried tokens.", counters.CacheQueries);
        Counter(page, labels, "vllm:prefix_cache_hits", "Prefix cache hits, in terms of number of cached tokens.", counters.CacheHits);
        Counter(page, labels, "vllm:prompt_tokens", "Number of prefill tokens processed.", counters.PromptTokens);
        Counter(page, labels, "vllm:prompt_tokens_cached", "Number of prompt tokens found in a cache.", counters.CachedPromptTokens);
        Counter(page, labels, "vllm:generation_tokens", "Number of generation tokens processed.", counters.GenerationTokens);
        Head(page, "vllm:request_success", "counter", "Count of successfully processed requests.");
        for (var i = 0; i < EngineCounters.Reasons.Length; i++)
            Line(page, "vllm:request_success_total", $"{labels},finished_reason=\"{EngineCounters.Reasons[i]}\"", counters.Success[i]);
        foreach (var histogram in counters.Histograms) Write(page, histogram, labels);
        return page.ToString();
    }

    private static void Gauges(StringBuilder page, Serving serving, string labels)
    {
        Gauge(page, labels, "vllm:num_requests_running", "Number of requests in model execution batches.", serving.Running);
        Gauge(page, labels, "vllm:num_requests_waiting", "Number of requests waiting to be processed.", serving.Engine.Waiting);
        Head(page, "vllm:num_requests_waiting_by_reason", "gauge", "Number of waiting requests by reason.");
        Line(page, "vllm:num_requests_waiting_by_reason", labels + ",reason=\"capacity\"", serving.Engine.Waiting);
        Line(page, "vllm:num_requests_waiting_by_reason", labels + ",reason=\"deferred\"", 0);
        Gauge(page, labels, "vllm:kv_cache_usage_perc", "KV-cache usage. 1 means 100 percent usage.", serving.Engine.KvUsage);
        Head(page, "vllm:engine_sleep_state", "gauge", "Engine sleep state; awake = 0 means engine is sleeping; awake = 1 means engine is awake.");
        Line(page, "vllm:engine_sleep_state", labels + ",sleep_state=\"awake\"", 1);
        Head(page, "vllm:cache_config_info", "gauge", "Information of the LLMEngine CacheConfig");
        Line(page, "vllm:cache_config_info",
            $"block_size=\"16\",enable_prefix_caching=\"True\",engine=\"0\",num_gpu_blocks=\"{serving.Options.Performance.KvBlocks}\"", 1);
        if (serving.Adapters.Loaded.Count == 0) return;
        Head(page, "vllm:lora_requests_info", "gauge", "Running stats on lora requests.");
        Line(page, "vllm:lora_requests_info",
            $"max_lora=\"{serving.Adapters.Loaded.Count}\",running_lora_adapters=\"{string.Join(',', serving.Adapters.Loaded.Keys)}\",waiting_lora_adapters=\"\"", 1);
    }

    private static void Gauge(StringBuilder page, string labels, string name, string help, double value)
    {
        Head(page, name, "gauge", help);
        Line(page, name, labels, value);
    }

    /// <summary>The Python client names a counter's family without, its sample with "_total".</summary>
    private static void Counter(StringBuilder page, string labels, string name, string help, long value)
    {
        Head(page, name + "_total", "counter", help);
        Line(page, name + "_total", labels, value);
    }

    private static void Write(StringBuilder page, Histogram histogram, string labels)
    {
        Head(page, histogram.Name, "histogram", "Histogram in seconds of virtual time.");
        long count = 0;
        for (var i = 0; i <= histogram.Bounds.Count; i++)
        {
            count += histogram.Count(i);
            var bound = i < histogram.Bounds.Count ? Number(histogram.Bounds[i]) : "+Inf";
            Line(page, histogram.Name + "_bucket", $"{labels},le=\"{bound}\"", count);
        }
        Line(page, histogram.Name + "_sum", labels, histogram.Sum);
        Line(page, histogram.Name + "_count", labels, count);
    }

    private static void Head(StringBuilder page, string name, string type, string help) =>
        page.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private static void Line(StringBuilder page, string name, string labels, double value) =>
        page.Append(name).Append('{').Append(labels).Append("} ").Append(Number(value)).Append('\n');

    /// <summary>As Python prints a float.</summary>
    private static string Number(double value) => value.ToString("0.0###############", CultureInfo.InvariantCulture);
}
