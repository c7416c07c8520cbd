using System.Globalization;

namespace Gateway.Bench.Load.Usage;

/// <summary>What is needed of <c>/proc/PID/stat</c>.</summary>
/// <param name="Parent">Process id of the parent.</param>
/// <param name="CpuTicks">User and system time together, of all threads, ended ones too, in clock ticks.</param>
public readonly record struct ProcStat(int Parent, long CpuTicks)
{
    /// <summary>Ticks per second, <c>USER_HZ</c>: 100 on every Linux that .NET runs on.</summary>
    public const int TicksPerSecond = 100;

    /// <summary>CPU time as a time; the kernel cuts each of its two parts to 10 ms.</summary>
    public TimeSpan Cpu => TimeSpan.FromMicroseconds(CpuTicks * (1_000_000 / TicksPerSecond));

    /// <summary>
    /// Parses the file's one line. The name of the program stands in it between parentheses and may itself hold spaces and
    /// parentheses, so the fields are counted from the last closing one.
    /// </summary>
    /// <exception cref="FormatException">The line is not of this form.</exception>
    public static ProcStat Parse(ReadOnlySpan<char> line)
    {
        var nameEnd = line.LastIndexOf(')');
        if (nameEnd < 0)
        {
            throw new FormatException($"no program name in '{line}'");
        }

        // Fields after the name, of proc(5): 3 state, 4 ppid, … 14 utime, 15 stime.
        var (field, parent, ticks) = (2, 0, 0L);
        foreach (var range in line[(nameEnd + 1)..].Trim().Split(' '))
        {
            field++;
            var value = line[(nameEnd + 1)..].Trim()[range];
            switch (field)
            {
                case 4:
                    parent = int.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case 14:
                    ticks = long.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case 15:
                    return new ProcStat(parent, ticks + long.Parse(value, CultureInfo.InvariantCulture));
            }
        }

        throw new FormatException($"too few fields in '{line}'");
    }
}
