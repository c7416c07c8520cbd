namespace Gateway.Bench.Load.Usage;

/// <summary>What a process and all its descendants have used so far.</summary>
/// <param name="Cpu">User and system time.</param>
/// <param name="ResidentBytes">Memory in RAM; pages that processes share count once for each.</param>
/// <param name="PeakResidentBytes">The sum of each process's own peak.</param>
public readonly record struct ProcessUsage(TimeSpan Cpu, long ResidentBytes, long PeakResidentBytes)
{
    /// <summary>Reads a process tree (nginx: master and workers) from <c>/proc</c>; processes that have gone count nothing.</summary>
    public static ProcessUsage OfTree(int root)
    {
        var stats = ReadAll();
        var usage = default(ProcessUsage);
        foreach (var (pid, stat) in stats)
        {
            if (DescendsFrom(pid, root, stats))
            {
                var status = TryRead($"/proc/{pid}/status") is { } text ? ProcStatus.Parse(text) : default;
                usage = new ProcessUsage(
                    usage.Cpu + stat.Cpu,
                    usage.ResidentBytes + status.ResidentBytes,
                    usage.PeakResidentBytes + status.PeakResidentBytes);
            }
        }

        return usage;
    }

    private static Dictionary<int, ProcStat> ReadAll()
    {
        var stats = new Dictionary<int, ProcStat>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory.AsSpan()), out var pid) && TryRead($"{directory}/stat") is { } line)
            {
                stats[pid] = ProcStat.Parse(line);
            }
        }

        return stats;
    }

    private static bool DescendsFrom(int pid, int root, Dictionary<int, ProcStat> stats)
    {
        while (pid != root)
        {
            if (!stats.TryGetValue(pid, out var stat) || stat.Parent == 0)
            {
                return false;
            }

            pid = stat.Parent;
        }

        return true;
    }

    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return null; // Ended between the listing and the reading.
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }
}
