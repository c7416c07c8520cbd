namespace Gateway.Routing.Evaluation;

/// <summary>All sources under one global ranking, each source weighing the same.</summary>
/// <param name="Apgr">Area under PGR over the share of traffic.</param>
/// <param name="Cpt50">Least share that recovers half of the gap.</param>
/// <param name="Cpt80">Least share that recovers four fifths of it.</param>
public sealed record MixedTraffic(double Apgr, double Cpt50, double Cpt80)
{
    /// <param name="sources">Each source's outcomes; none empty.</param>
    public static MixedTraffic Of(IEnumerable<IReadOnlyList<Outcome>> sources)
    {
        var rows = sources.SelectMany(rows => rows.Select(row => (Row: row, Weight: 1.0 / rows.Count))).ToList();
        var total = rows.Sum(row => row.Weight);
        var gap = rows.Sum(row => row.Weight * row.Row.Gain) / total;
        List<(double Share, double Pgr)> points = [(0, 0)];
        var area = 0.0;
        foreach (var tie in rows.GroupBy(row => row.Row.Score).OrderByDescending(tie => tie.Key))
        {
            var (share, pgr) = points[^1];
            var width = tie.Sum(row => row.Weight) / total;
            var next = pgr + (tie.Sum(row => row.Weight * row.Row.Gain) / total / gap);
            area += width * (pgr + next) / 2;
            points.Add((share + width, next));
        }

        return new MixedTraffic(area, Crossing(points, 0.5), Crossing(points, 0.8));
    }

    private static double Crossing(List<(double Share, double Pgr)> points, double level)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var ((share, pgr), (nextShare, nextPgr)) = (points[i - 1], points[i]);
            if (nextPgr >= level)
                return share + ((nextShare - share) * (nextPgr == pgr ? 0 : Math.Max(0, (level - pgr) / (nextPgr - pgr))));
        }

        return double.NaN;
    }
}
