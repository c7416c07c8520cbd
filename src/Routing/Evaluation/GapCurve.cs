namespace Gateway.Routing.Evaluation;

/// <summary>How much of the gap between two models a ranking recovers, for every share of prompts sent to the large one.</summary>
/// <remarks>
/// PGR(share) = (quality − small model's quality) / (large model's − small model's), prompts sent in the order of their scores,
/// ties at random in expectation. APGR and CPT are RouteLLM's (arXiv 2406.18665); a random ranking has APGR 0.5.
/// </remarks>
public sealed class GapCurve
{
    private const int Tenths = 10;
    private const double NoGap = 1e-9;

    private readonly double[] _quality;

    private GapCurve(double[] quality) => _quality = quality;

    /// <summary>Mean quality with nothing sent up.</summary>
    public double Weak => _quality[0];

    /// <summary>Mean quality with everything sent up.</summary>
    public double Strong => _quality[^1];

    /// <summary>Area under PGR over every share k/n, by trapezia.</summary>
    public double Apgr => AreaOf(share => share, _quality.Length - 1);

    /// <summary>The same over shares 0, 10, … 100 %, as RouteLLM reports it.</summary>
    public double Apgr10 => AreaOf(tenth => tenth * (_quality.Length - 1.0) / Tenths, Tenths);

    /// <summary>The curve, or null where the two models are equally good.</summary>
    public static GapCurve? Of(IEnumerable<Outcome> outcomes)
    {
        var order = outcomes.OrderByDescending(outcome => outcome.Score).ToArray();
        if (order.Length == 0)
            return null;
        var quality = new double[order.Length + 1];
        quality[0] = order.Sum(outcome => outcome.Weak);
        for (int first = 0, end; first < order.Length; first = end)
        {
            var gain = 0.0;
            for (end = first; end < order.Length && order[end].Score == order[first].Score; end++)
                gain += order[end].Gain;
            for (var k = first; k < end; k++)
                quality[k + 1] = quality[first] + (gain / (end - first) * (k + 1 - first));
        }

        for (var k = 0; k < quality.Length; k++)
            quality[k] /= order.Length;
        return Math.Abs(quality[^1] - quality[0]) < NoGap ? null : new GapCurve(quality);
    }

    /// <summary>PGR at a share in [0, 1], linear between prompts.</summary>
    public double PgrAt(double share) => (QualityAt(share * (_quality.Length - 1)) - Weak) / (Strong - Weak);

    /// <summary>
    /// Least share of prompts on the large model that recovers this part of the gap, linear between the 10 % points; NaN when none does.
    /// </summary>
    public double Cpt(double part)
    {
        for (var tenth = 1; tenth <= Tenths; tenth++)
        {
            var (before, here) = (PgrAt((tenth - 1) / (double)Tenths), PgrAt(tenth / (double)Tenths));
            if (here >= part)
                return (tenth - 1 + (here == before ? 0 : Math.Max(0, (part - before) / (here - before)))) / Tenths;
        }

        return double.NaN;
    }

    /// <summary>Least share whose quality reaches this part of the large model's own, on the exact curve; NaN when none does.</summary>
    public double ShareForQuality(double part) => FirstCrossing(part * Strong);

    private double FirstCrossing(double level)
    {
        for (var k = 0; k < _quality.Length; k++)
        {
            if (_quality[k] < level - 1e-12)
                continue;
            return k == 0 ? 0 : (k - 1 + ((level - _quality[k - 1]) / (_quality[k] - _quality[k - 1]))) / (_quality.Length - 1);
        }

        return double.NaN;
    }

    private double AreaOf(Func<int, double> place, int steps)
    {
        var sum = 0.0;
        for (var step = 0; step <= steps; step++)
            sum += (QualityAt(place(step)) - Weak) / (Strong - Weak) * (step == 0 || step == steps ? 0.5 : 1);
        return sum / steps;
    }

    private double QualityAt(double place)
    {
        var below = Math.Min((int)place, _quality.Length - 2);
        return _quality[below] + ((_quality[below + 1] - _quality[below]) * (place - below));
    }
}
