namespace Gateway.Routing.Evaluation;

/// <summary>Bootstrap intervals: the rows of each source are drawn again with replacement.</summary>
public static class Bootstrap
{
    /// <summary>Of one source's APGR.</summary>
    public static Interval Apgr(Ranking ranking, int draws, Random chance) =>
        Of(draws, [ranking.Rows], chance, times => ranking.Apgr(times[0]));

    /// <summary>Of the mean APGR over sources.</summary>
    public static Interval MeanApgr(IReadOnlyList<Ranking> sources, int draws, Random chance) =>
        Of(draws, [.. sources.Select(source => source.Rows)], chance, times => Mean(sources, times));

    /// <summary>Of the difference between two routers' mean APGR, both judged on the same drawn rows.</summary>
    public static Interval Difference(IReadOnlyList<Ranking> ours, IReadOnlyList<Ranking> theirs, int draws, Random chance) =>
        Of(draws, [.. ours.Select(source => source.Rows)], chance, times => Mean(ours, times) - Mean(theirs, times));

    private static Interval Of(int draws, int[] sizes, Random chance, Func<int[][], double> measure)
    {
        var values = new List<double>(draws);
        var times = Array.ConvertAll(sizes, size => new int[size]);
        for (var draw = 0; draw < draws; draw++)
        {
            foreach (var source in times)
                Draw(source, chance);
            var value = measure(times);
            if (double.IsFinite(value))
                values.Add(value);
        }

        return Interval.Of(values);
    }

    private static void Draw(int[] times, Random chance)
    {
        Array.Clear(times);
        for (var i = 0; i < times.Length; i++)
            times[chance.Next(times.Length)]++;
    }

    private static double Mean(IReadOnlyList<Ranking> sources, int[][] times)
    {
        var sum = 0.0;
        for (var i = 0; i < sources.Count; i++)
            sum += sources[i].Apgr(times[i]);
        return sum / sources.Count;
    }
}
