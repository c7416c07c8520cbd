namespace Gateway.Bench.Caching.Hits;

/// <summary>The times of one kind of request, round by round.</summary>
public sealed class HitTimes
{
    private readonly List<double> _all = [];
    private readonly List<double> _medians = [];

    /// <summary>Replies that were not of this kind, and whose times do not count.</summary>
    public int Odd { get; private set; }

    /// <summary>Calls a number of times and keeps how long each took.</summary>
    public void Round(HitCaller caller, int calls)
    {
        var round = new List<double>(calls);
        for (var i = 0; i < calls; i++)
        {
            var took = caller.Call().TotalMicroseconds;
            if (caller.IsAsMeant)
                round.Add(took);
            else
                Odd++;
        }

        if (round.Count == 0)
            throw new IOException($"not one reply of {calls} was as it should be; the last said '{caller.Said}'");
        _all.AddRange(round);
        _medians.Add(Quantile(round, 0.5));
    }

    /// <summary>In microseconds, over all rounds.</summary>
    public double At(double share) => Quantile(_all, share);

    /// <summary>The median of what each round's median was of the other's in the same round: what slows the machine for a while slows both.</summary>
    public double Against(HitTimes other) => Quantile([.. _medians.Zip(other._medians, (mine, others) => mine / others)], 0.5);

    private static double Quantile(List<double> times, double share)
    {
        times.Sort();
        return times[(int)(share * (times.Count - 1))];
    }
}
