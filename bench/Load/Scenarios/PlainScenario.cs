using Gateway.Bench.Load.Report;

namespace Gateway.Bench.Load.Scenarios;

/// <summary>A short question, a whole answer of about 600 bytes: what a request costs, and how much later its answer comes.</summary>
public sealed class PlainScenario(BenchOptions options) : IScenario
{
    private const int Connections = 32;

    /// <inheritdoc/>
    public string Name => "plain";

    /// <inheritdoc/>
    public string Summary =>
        $"{ChatBody.PromptBytes}-byte prompt, answer in one piece of about 600 bytes; CPU with {Connections} requests always under way, "
        + $"latency at {options.Rate} arrivals per second";

    /// <inheritdoc/>
    public IReadOnlyList<string> SimulatorArguments => ["--preset", "instant"];

    /// <inheritdoc/>
    public bool Streams => false;

    /// <inheritdoc/>
    public int Tokens => 4;

    /// <inheritdoc/>
    public WarmUp WarmUp => new(Requests: 20_000, Connections, Tokens);

    /// <inheritdoc/>
    public IReadOnlyList<Phase> Phases =>
    [
        new("full", null, Connections, TimeSpan.FromSeconds(0.5), options.Window),
        new("open", options.Rate, 1_000, TimeSpan.FromSeconds(1), options.Window),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Column> Columns =>
    [
        new("CPU µs/request", "full", m => m.CpuPerRequest) { HasRatio = true },
        new("requests/s", "full", m => m.RequestsPerSecond) { Format = "N0" },
        new($"CPU µs/request at {options.Rate}/s", "open", m => m.CpuPerRequest) { HasRatio = true },
        new("p50 added µs", "open", m => m.Latency.P50) { IsAdded = true, Format = "N0" },
        new("p99 added µs", "open", m => m.Latency.P99) { IsAdded = true, Format = "N0" },
        new("p99.9 added µs", "open", m => m.Latency.P999) { IsAdded = true, Format = "N0" },
        Column.Resident("open"),
        Column.PeakResident("open"),
    ];
}
