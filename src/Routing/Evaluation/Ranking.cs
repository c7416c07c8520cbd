namespace Gateway.Routing.Evaluation;

/// <summary>One source's rows in the order of one router's scores, ready to be resampled many times.</summary>
public sealed class Ranking
{
    private readonly int[] _order;
    private readonly int[] _tieEnds;
    private readonly double[] _gains;

    /// <param name="outcomes">The rows; a resample counts them by their places here.</param>
    public Ranking(IReadOnlyList<Outcome> outcomes)
    {
        _order = [.. Enumerable.Range(0, outcomes.Count).OrderByDescending(row => outcomes[row].Score)];
        _gains = [.. outcomes.Select(outcome => outcome.Gain)];
        _tieEnds = new int[_order.Length];
        for (var i = _order.Length - 1; i >= 0; i--)
        {
            var isLast = i == _order.Length - 1 || outcomes[_order[i]].Score != outcomes[_order[i + 1]].Score;
            _tieEnds[i] = isLast ? i + 1 : _tieEnds[i + 1];
        }
    }

    public int Rows => _order.Length;

    /// <summary>APGR where each row occurs as often as <paramref name="times"/> says; NaN where that leaves no gap.</summary>
    public double Apgr(ReadOnlySpan<int> times)
    {
        var (area, gained, rows) = (0.0, 0.0, 0);
        for (var i = 0; i < _order.Length;)
        {
            var (gain, many) = (0.0, 0);
            for (var end = _tieEnds[i]; i < end; i++)
            {
                gain += times[_order[i]] * _gains[_order[i]];
                many += times[_order[i]];
            }

            area += many * (gained + (gain / 2));
            gained += gain;
            rows += many;
        }

        return Math.Abs(gained) < 1e-9 * rows ? double.NaN : area / gained / rows;
    }
}
