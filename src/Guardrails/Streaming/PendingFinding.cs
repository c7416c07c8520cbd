namespace Gateway.Guardrails.Streaming;

/// <summary>Something that is to be redacted once every guard has come past it.</summary>
/// <param name="Step">The step that found it.</param>
/// <param name="Label">The finding's.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Behind its last byte.</param>
/// <param name="RunsOn">It goes on with something whose placeholder is written already.</param>
internal readonly record struct PendingFinding(int Step, string Label, int Start, int End, bool RunsOn)
{
    /// <summary>Takes out those that end at or before a place, lowered so that none is cut; what one step found stands before what a later one did.</summary>
    /// <param name="pending">All of them; those taken out are removed.</param>
    /// <param name="end">The place.</param>
    /// <param name="steps">How many steps there are.</param>
    /// <param name="taken">Filled in: free of overlaps, by place.</param>
    /// <returns>The place.</returns>
    public static int Take(List<PendingFinding> pending, int end, int steps, List<PendingFinding> taken)
    {
        // By place from behind: one that is cut lowers the place, and may so have another be cut that begins before it.
        pending.Sort(static (one, other) => one.Start != other.Start ? other.Start.CompareTo(one.Start) : other.Step.CompareTo(one.Step));
        foreach (var finding in pending)
        {
            if (finding.Start < end && finding.End > end)
                end = finding.Start;
        }

        for (var step = 0; step < steps; step++)
            Merge(pending, end, step, taken);
        pending.RemoveAll(finding => finding.End <= end);
        return end;
    }

    /// <summary>Adds what of one step's findings is free, in time linear in both.</summary>
    private static void Merge(List<PendingFinding> pending, int end, int step, List<PendingFinding> taken)
    {
        var (standing, at, last) = (taken.Count, 0, 0);
        for (var i = pending.Count - 1; i >= 0; i--)
        {
            var finding = pending[i];
            if (finding.Step != step || finding.End > end)
                continue;
            var start = Math.Max(finding.Start, last);
            while (start < finding.End)
            {
                while (at < standing && taken[at].End <= start)
                    at++;
                var next = at < standing ? taken[at] : finding with { Start = finding.End };
                var free = Math.Min(finding.End, next.Start);
                if (start < free)
                    taken.Add(finding with { Start = start, End = free });
                start = free < finding.End ? next.End : finding.End;
            }

            last = Math.Max(last, finding.End);
        }

        if (taken.Count > standing && standing > 0)
            taken.Sort(static (one, other) => one.Start.CompareTo(other.Start));
    }
}
