using System.Buffers.Text;
using Gateway.Protocol;

namespace Gateway.Upstream.Scraping;

/// <summary>What a page of vLLM's metrics says of its engines together: requests and tokens summed, shares averaged.</summary>
/// <remarks>
/// Read in one pass over the bytes, without a string: a page has some thousand lines and a replica is asked several times a second. Names of
/// old versions are known beside those of today (the cache's share lost its <c>gpu_</c> in vLLM's commit 9cf4edae).
/// </remarks>
internal struct EngineMetrics
{
    private double _kvUse;
    private int _kvEngines;
    private double _oldKvUse;
    private int _oldKvEngines;
    private double _adaptersAt;

    /// <summary>Whether the page is a vLLM's: it says how many requests are running.</summary>
    public bool IsEngine { get; private set; }

    /// <summary>Requests in the engines' batches.</summary>
    public int Running { get; private set; }

    /// <summary>Requests in the engines' queues.</summary>
    public int Waiting { get; private set; }

    /// <summary>Share of the KV cache in use, 0 to 1; null when the page does not say.</summary>
    public readonly double? KvUse =>
        _kvEngines > 0 ? _kvUse / _kvEngines : _oldKvEngines > 0 ? _oldKvUse / _oldKvEngines : null;

    /// <summary>Prompt tokens looked up in the prefix cache since the replica started.</summary>
    public long CacheQueries { get; private set; }

    /// <summary>And of these, tokens found there.</summary>
    public long CacheHits { get; private set; }

    /// <summary>Tokens that the KV cache holds; 0 when the page does not say.</summary>
    public long KvTokens { get; private set; }

    /// <summary>Where the names of the LoRA adapters that have requests running stand in the page, with commas between.</summary>
    public ByteRange RunningAdapters { get; private set; }

    /// <summary>The same for adapters that have only waiting requests.</summary>
    public ByteRange WaitingAdapters { get; private set; }

    public static EngineMetrics Read(ReadOnlySpan<byte> page)
    {
        var read = default(EngineMetrics);
        var rest = page;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.StartsWith("vllm:"u8))
                read.Take(page, line["vllm:"u8.Length..]);
        }

        return read;
    }

    /// <summary>Takes a line, by its first letter first: most are of histograms, and end here.</summary>
    private void Take(ReadOnlySpan<byte> page, ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
            return;
        switch (line[0])
        {
            case (byte)'n':
                TakeRequests(line);
                break;
            case (byte)'k' when Is(line, "kv_cache_usage_perc"u8, out var use):
                (_kvUse, _kvEngines) = (_kvUse + use.Value, _kvEngines + 1);
                break;
            case (byte)'g' when Is(line, "gpu_cache_usage_perc"u8, out var use):
                (_oldKvUse, _oldKvEngines) = (_oldKvUse + use.Value, _oldKvEngines + 1);
                break;
            case (byte)'g' when line.StartsWith("gpu_prefix_"u8):
                TakePrefixCache(line["gpu_"u8.Length..]);
                break;
            case (byte)'p':
                TakePrefixCache(line);
                break;
            case (byte)'c' when Is(line, "cache_config_info"u8, out var config):
                KvTokens += Count(config.Label("block_size=\""u8)) * Count(config.Label("num_gpu_blocks=\""u8));
                break;
            case (byte)'l' when Is(line, "lora_requests_info"u8, out var adapters):
                TakeAdapters(page, adapters);
                break;
        }
    }

    private void TakeRequests(ReadOnlySpan<byte> line)
    {
        if (Is(line, "num_requests_running"u8, out var running))
        {
            IsEngine = true;
            Running += (int)running.Value;
        }
        else if (Is(line, "num_requests_waiting"u8, out var waiting))
        {
            Waiting += (int)waiting.Value;
        }
    }

    private void TakePrefixCache(ReadOnlySpan<byte> line)
    {
        if (Is(line, "prefix_cache_queries_total"u8, out var queries))
            CacheQueries += (long)queries.Value;
        else if (Is(line, "prefix_cache_hits_total"u8, out var hits))
            CacheHits += (long)hits.Value;
    }

    /// <summary>Takes the latest: the sample's value is the time it was set at, and those of other sets of adapters stay on the page.</summary>
    private void TakeAdapters(ReadOnlySpan<byte> page, in MetricLine line)
    {
        if (line.Value < _adaptersAt)
            return;
        _adaptersAt = line.Value;
        RunningAdapters = RangeOf(page, line.Label("running_lora_adapters=\""u8));
        WaitingAdapters = RangeOf(page, line.Label("waiting_lora_adapters=\""u8));
    }

    private static bool Is(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out MetricLine read)
    {
        read = default;
        return line.StartsWith(name) && MetricLine.TryRead(line[name.Length..], out read);
    }

    private static ByteRange RangeOf(ReadOnlySpan<byte> page, ReadOnlySpan<byte> part) =>
        page.Overlaps(part, out var at) ? new ByteRange(at, part.Length) : default;

    /// <summary>A whole number; 0 when it is none, such as Python's <c>None</c>.</summary>
    private static long Count(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long count, out var read) && read == text.Length ? Math.Clamp(count, 0, int.MaxValue) : 0;
}
