namespace Gateway.Bench.Load.Measuring;

/// <summary>What one phase of one scenario found out about one target in one round.</summary>
public sealed record Measurement
{
    /// <summary>The target's name.</summary>
    public required string Target { get; init; }

    /// <summary>The phase's name.</summary>
    public required string Phase { get; init; }

    /// <summary>The round, from 1.</summary>
    public required int Round { get; init; }

    /// <summary>Length of the window.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>Requests answered inside the window.</summary>
    public required long Answered { get; init; }

    /// <summary>Chunks received inside the window.</summary>
    public required long Chunks { get; init; }

    /// <summary>CPU time the target used inside the window; null for no target at all (direct).</summary>
    public TimeSpan? Cpu { get; init; }

    /// <summary>CPU time of this driver inside the window.</summary>
    public TimeSpan DriverCpu { get; init; }

    /// <summary>CPU time of the simulator inside the window.</summary>
    public TimeSpan UpstreamCpu { get; init; }

    /// <summary>The target's memory in RAM at the window's end, in bytes.</summary>
    public long ResidentBytes { get; init; }

    /// <summary>The most memory in RAM the target ever had, in bytes.</summary>
    public long PeakResidentBytes { get; init; }

    /// <summary>Intended start to last byte.</summary>
    public Quantiles Latency { get; init; }

    /// <summary>Intended start to first data frame.</summary>
    public Quantiles FirstChunk { get; init; }

    /// <summary>Data frame to data frame.</summary>
    public Quantiles Gap { get; init; }

    /// <summary>Failed requests by kind.</summary>
    public IReadOnlyDictionary<string, long> Failures { get; init; } = new Dictionary<string, long>();

    /// <summary>CPU of the target per request (or stream), in microseconds; NaN when unknown.</summary>
    public double CpuPerRequest => Per(Cpu, Answered);

    /// <summary>CPU of the target per chunk, in microseconds; NaN when unknown.</summary>
    public double CpuPerChunk => Per(Cpu, Chunks);

    /// <summary>Answers per second.</summary>
    public double RequestsPerSecond => Answered / Window.TotalSeconds;

    /// <summary>CPU of this driver per request, in microseconds.</summary>
    public double DriverCpuPerRequest => Per(DriverCpu, Answered);

    /// <summary>CPU of the simulator per request, in microseconds.</summary>
    public double UpstreamCpuPerRequest => Per(UpstreamCpu, Answered);

    private static double Per(TimeSpan? cpu, long count) => cpu is { } time && count > 0 ? time.TotalMicroseconds / count : double.NaN;
}
