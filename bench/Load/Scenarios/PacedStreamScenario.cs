using Gateway.Bench.Load.Report;

namespace Gateway.Bench.Load.Scenarios;

/// <summary>Many streams side by side, each a chunk every 20 ms, as a model generates: what a chunk costs when it comes alone.</summary>
public sealed class PacedStreamScenario(BenchOptions options) : IScenario
{
    private const double SecondsApart = 0.020;

    /// <inheritdoc/>
    public string Name => "paced";

    /// <inheritdoc/>
    public string Summary =>
        $"{ChatBody.PromptBytes}-byte prompt, streams of {Tokens} chunks 20 ms apart, about {options.Streams} at a time "
        + $"({Rate:0.#} arrivals per second)";

    /// <inheritdoc/>
    public IReadOnlyList<string> SimulatorArguments => ["--preset", "paced"];

    /// <inheritdoc/>
    public bool Streams => true;

    /// <inheritdoc/>
    public int Tokens => 100;

    /// <inheritdoc/>
    public WarmUp WarmUp => new(Requests: 15_000, Concurrency: 320, Tokens: 2);

    /// <inheritdoc/>
    public IReadOnlyList<Phase> Phases =>
    [
        new("open", Rate, options.Streams * 4, TimeSpan.FromSeconds((Tokens * SecondsApart) + 1), 2 * options.Window),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Column> Columns =>
    [
        new("CPU µs/chunk", "open", m => m.CpuPerChunk) { HasRatio = true },
        new("CPU µs/stream", "open", m => m.CpuPerRequest) { Format = "N0" },
        new("first chunk p50 added µs", "open", m => m.FirstChunk.P50) { IsAdded = true, Format = "N0" },
        new("first chunk p99 added µs", "open", m => m.FirstChunk.P99) { IsAdded = true, Format = "N0" },
        new("gap p50 ms", "open", m => m.Gap.P50 / 1000) { Format = "N2" },
        new("gap p99 ms", "open", m => m.Gap.P99 / 1000) { Format = "N2" },
        Column.Resident("open"),
        Column.PeakResident("open"),
    ];

    // Arrivals per second times seconds per stream is the number of streams at a time.
    private double Rate => options.Streams / (Tokens * SecondsApart);
}
