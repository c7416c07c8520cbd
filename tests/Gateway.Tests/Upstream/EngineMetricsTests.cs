using System.Text;
using Gateway.Upstream.Scraping;

namespace Gateway.Tests.Upstream;

public sealed class EngineMetricsTests
{
    private const string Today = """
        # HELP vllm:num_requests_running Number of requests in model execution batches.
        # TYPE vllm:num_requests_running gauge
        vllm:num_requests_running{engine="0",model_name="a}b\"c"} 3.0
        vllm:num_requests_running{engine="1",model_name="a}b\"c"} 4.0
        vllm:num_requests_waiting{engine="0",model_name="m"} 1.0
        vllm:num_requests_waiting{engine="1",model_name="m"} 2.0
        vllm:num_requests_waiting_by_reason{engine="0",reason="capacity"} 9.0
        vllm:kv_cache_usage_perc{engine="0",model_name="m"} 0.5
        vllm:kv_cache_usage_perc{engine="1",model_name="m"} 1e-1
        vllm:prefix_cache_queries_total{engine="0"} 1.2e+03
        vllm:prefix_cache_queries_created{engine="0"} 1.7e+09
        vllm:prefix_cache_hits_total{engine="0"} 800.0 1700000000
        vllm:cache_config_info{block_size="16",engine="0",num_gpu_blocks="1000",num_gpu_blocks_override="None"} 1.0
        vllm:cache_config_info{block_size="16",engine="1",num_gpu_blocks="500"} 1.0
        vllm:lora_requests_info{max_lora="4",running_lora_adapters="old",waiting_lora_adapters=""} 100.0
        vllm:lora_requests_info{max_lora="4",running_lora_adapters="sales,law",waiting_lora_adapters="art"} 200.0
        vllm:lora_requests_info{max_lora="4",running_lora_adapters="older",waiting_lora_adapters=""} 50.0
        vllm:e2e_request_latency_seconds_bucket{engine="0",le="+Inf"} 12.0
        """;

    [Fact]
    public void Several_engines_are_summed_and_their_shares_averaged()
    {
        var read = Read(Today);
        Assert.True(read.IsEngine);
        Assert.Equal((7, 3), (read.Running, read.Waiting));
        Assert.Equal(0.3, read.KvUse!.Value, 6);
        Assert.Equal((1200, 800), (read.CacheQueries, read.CacheHits));
        Assert.Equal(24_000, read.KvTokens);
    }

    [Fact]
    public void Of_the_adapters_named_the_latest_count()
    {
        var page = Encoding.UTF8.GetBytes(Today);
        var read = EngineMetrics.Read(page);
        Assert.Equal("sales,law", Encoding.UTF8.GetString(read.RunningAdapters.In(page)));
        Assert.Equal("art", Encoding.UTF8.GetString(read.WaitingAdapters.In(page)));
    }

    [Fact]
    public void Names_of_old_versions_are_understood_and_yield_to_those_of_today()
    {
        const string old = """
            vllm:num_requests_running{model_name="m"} 1
            vllm:gpu_cache_usage_perc{model_name="m"} 0.25
            vllm:gpu_prefix_cache_queries_total{model_name="m"} 10
            vllm:gpu_prefix_cache_hits_total{model_name="m"} 5
            """;
        var read = Read(old);
        Assert.Equal((0.25, 10, 5), (read.KvUse, read.CacheQueries, read.CacheHits));
        Assert.Equal(0.5, Read(old + "\nvllm:kv_cache_usage_perc 0.5\n").KvUse);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>not here</html>")]
    [InlineData("vllm:num_requests_running")]
    [InlineData("vllm:num_requests_running{engine=\"0\" 3")]
    [InlineData("vllm:num_requests_running{engine=\"0\\")]
    [InlineData("vllm:num_requests_running{engine=\"0\"} NaN")]
    [InlineData("vllm:num_requests_running{engine=\"0\"} three")]
    [InlineData("vllm:")]
    [InlineData("vllm:num_requests_running_total 3")]
    [InlineData("sglang:num_running_reqs 3")]
    public void What_is_no_engines_page_is_told_apart(string page) => Assert.False(Read(page).IsEngine);

    [Fact]
    public void A_cache_of_unknown_size_is_unknown() =>
        Assert.Equal(0, Read("vllm:cache_config_info{block_size=\"16\",num_gpu_blocks=\"None\"} 1\n").KvTokens);

    [Fact]
    public void Reading_a_page_allocates_nothing()
    {
        var page = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat(Today, 50)));
        var running = EngineMetrics.Read(page).Running;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++)
            running += EngineMetrics.Read(page).Running;
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(21 * 350, running);
    }

    private static EngineMetrics Read(string page) => EngineMetrics.Read(Encoding.UTF8.GetBytes(page));
}
