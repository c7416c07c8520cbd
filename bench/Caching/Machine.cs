using System.Runtime.InteropServices;

namespace Gateway.Bench.Caching;

/// <summary>The machine that figures come from, in a few words.</summary>
public static class Machine
{
    public static string Describe() =>
        $"{Environment.ProcessorCount}-core {RuntimeInformation.ProcessArchitecture.ToString().Replace("X64", "x86-64", StringComparison.Ordinal)} machine, {RuntimeInformation.FrameworkDescription}";
}
