using System.Globalization;

namespace Gateway.Bench.Load.Usage;

/// <summary>What is needed of <c>/proc/PID/status</c>.</summary>
/// <param name="ResidentBytes">Memory in RAM now (VmRSS).</param>
/// <param name="PeakResidentBytes">The most there has been (VmHWM).</param>
public readonly record struct ProcStatus(long ResidentBytes, long PeakResidentBytes)
{
    /// <summary>Parses the file; absent lines (kernel threads, zombies) count as 0.</summary>
    public static ProcStatus Parse(string text) => new(Bytes(text, "VmRSS:"), Bytes(text, "VmHWM:"));

    private static long Bytes(string text, string name)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(name, StringComparison.Ordinal) && line.EndsWith("kB", StringComparison.Ordinal))
            {
                return long.Parse(line[name.Length..^2].Trim(), CultureInfo.InvariantCulture) * 1024;
            }
        }

        return 0;
    }
}
