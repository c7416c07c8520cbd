using System.Runtime.InteropServices;

namespace Gateway.Bench.Load.Report;

/// <summary>Names the machine that figures come from.</summary>
public static class Machine
{
    /// <summary>Processor, cores, kernel, runtime, date and how busy it was, in one line.</summary>
    public static string Describe(TimeProvider time) =>
        $"{Processor()}, {Environment.ProcessorCount} cores, Linux {Environment.OSVersion.Version}, "
        + $"{RuntimeInformation.FrameworkDescription}, {time.GetUtcNow():yyyy-MM-dd HH:mm} UTC, load average at the start {LoadAverage()}";

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();

    private static string LoadAverage() => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
