using Gateway.Bench.Load.Report;

namespace Gateway.Bench.Load.Scenarios;

/// <summary>A stream whose chunks all come at once: what a stream costs when the proxy may read many chunks together.</summary>
public sealed class BurstStreamScenario(BenchOptions options) : IScenario
{
    private const int Connections = 16;

    /// <inheritdoc/>
    public string Name => "burst";

    /// <inheritdoc/>
    public string Summary =>
        $"{ChatBody.PromptBytes}-byte prompt, stream of {Tokens} chunks written at once; CPU with {Connections} streams always under way, "
        + $"latency at {Rate} arrivals per second";

    /// <inheritdoc/>
    public IReadOnlyList<string> SimulatorArguments => ["--preset", "instant", "--burst"];

    /// <inheritdoc/>
    public bool Streams => true;

    /// <inheritdoc/>
    public int Tokens => 100;

    /// <inheritdoc/>
    public WarmUp WarmUp => new(Requests: 15_000, Connections, Tokens: 10);

    /// <inheritdoc/>
    public IReadOnlyList<Phase> Phases =>
    [
        new("full", null, Connections, TimeSpan.FromSeconds(1), options.Window),
        new("open", Rate, 1_000, TimeSpan.FromSeconds(1), options.Window),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Column> Columns =>
    [
        new("CPU µs/stream", "full", m => m.CpuPerRequest) { HasRatio = true },
        new("CPU µs/chunk", "full", m => m.CpuPerChunk) { Format = "N2" },
        new("streams/s", "full", m => m.RequestsPerSecond) { Format = "N0" },
        new("first chunk p50 added µs", "open", m => m.FirstChunk.P50) { IsAdded = true, Format = "N0" },
        new("first chunk p99 added µs", "open", m => m.FirstChunk.P99) { IsAdded = true, Format = "N0" },
        new("whole p99 added µs", "open", m => m.Latency.P99) { IsAdded = true, Format = "N0" },
        Column.Resident("open"),
        Column.PeakResident("open"),
    ];

    // A burst is worth some four plain requests to everyone on the way.
    private double Rate => options.Rate / 4.0;
}
