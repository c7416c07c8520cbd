using Gateway.Bench.Load.Measuring;

namespace Gateway.Bench.Load.Report;

/// <summary>One figure of a scenario's table.</summary>
/// <param name="Title">Heading, with the unit.</param>
/// <param name="Phase">The phase it is read from.</param>
/// <param name="Value">How it is read; NaN for none.</param>
public sealed record Column(string Title, string Phase, Func<Measurement, double> Value)
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>How it is written.</summary>
    public string Format { get; init; } = "N1";

    /// <summary>Whether a column with the ratio to the yardstick follows.</summary>
    public bool HasRatio { get; init; }

    /// <summary>Whether the direct target's value of the same round is taken off.</summary>
    public bool IsAdded { get; init; }

    /// <summary>Memory at the window's end, in MiB.</summary>
    public static Column Resident(string phase) => new("RSS MiB", phase, m => Mebibytes(m.ResidentBytes)) { Format = "N0" };

    /// <summary>The most memory there was, in MiB.</summary>
    public static Column PeakResident(string phase) => new("peak RSS MiB", phase, m => Mebibytes(m.PeakResidentBytes)) { Format = "N0" };

    private static double Mebibytes(long bytes) => bytes == 0 ? double.NaN : bytes / Mebibyte;
}
