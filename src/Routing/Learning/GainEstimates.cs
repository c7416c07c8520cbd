namespace Gateway.Routing.Learning;

/// <summary>Turns outcomes into what a fit needs: how much the large pool gained on each prompt, and how far to believe it.</summary>
/// <remarks>
/// A comparison knows both sides. A single score is held against the mean of the other pool's scores, which is all that can be
/// known of it. Gains are centred and scaled by kind, since "differs" and "was judged better" are not on one scale.
/// Of passed checks only a sample is kept: each stands for all that it was drawn from, and the kind together for as many outcomes as are there,
/// so that drawing changes neither the mean nor how far the fit is trusted.
/// Replayed on the labelled routing rows, 500 one-sided scores or bare disagreements gain two thirds of what 500 judged pairs do
/// (APGR .044 and .047 against .066), and 1,500 half of it: hence their weight.
/// </remarks>
public static class GainEstimates
{
    private const double OfPair = 1;
    private const double OfLess = 0.4;

    /// <summary>Standard deviation under which all gains of a kind are taken to be the same.</summary>
    private const double Flat = 1e-6;

    /// <summary>One gain and one weight an outcome: gains have mean 0 and deviation 1 in each kind, weights are above 0 and at most a few.</summary>
    public static (double[] Gains, double[] Weights) Of(IReadOnlyList<Outcome> outcomes)
    {
        var (gains, weights) = (new double[outcomes.Count], new double[outcomes.Count]);
        var (small, large) = MeansOf(outcomes);
        for (var i = 0; i < outcomes.Count; i++)
        {
            gains[i] = GainOf(outcomes[i], small, large);
            weights[i] = outcomes[i].Kind == OutcomeKind.Judged ? OfPair : OfLess;
        }

        SpreadOverSamples(outcomes, weights);

        foreach (var kind in Enum.GetValues<OutcomeKind>())
            Standardise(outcomes, kind, gains);
        return (gains, weights);
    }

    private static double GainOf(Outcome outcome, double small, double large) => (outcome.Small, outcome.Large) switch
    {
        ({ } weak, { } strong) => strong - weak,
        ({ } weak, null) => large - weak,
        (null, { } strong) => strong - small,
        _ => 0,
    };

    /// <summary>The mean single score of either pool; one half, which says nothing, for a pool that has none.</summary>
    private static (double Small, double Large) MeansOf(IReadOnlyList<Outcome> outcomes)
    {
        var (smallSum, smallCount, largeSum, largeCount) = (0.5, 1, 0.5, 1);
        foreach (var outcome in outcomes)
        {
            if (outcome is { Small: { } weak, Large: null })
                (smallSum, smallCount) = (smallSum + (weak * outcome.StandsFor), smallCount + outcome.StandsFor);
            else if (outcome is { Small: null, Large: { } strong })
                (largeSum, largeCount) = (largeSum + strong, largeCount + 1);
        }

        return (smallSum / smallCount, largeSum / largeCount);
    }

    /// <summary>Shares the weight of the checked outcomes out by how many requests each stands for.</summary>
    private static void SpreadOverSamples(IReadOnlyList<Outcome> outcomes, double[] weights)
    {
        var (count, requests) = (0, 0);
        foreach (var outcome in outcomes)
        {
            if (outcome.Kind == OutcomeKind.Checked)
                (count, requests) = (count + 1, requests + outcome.StandsFor);
        }

        for (var i = 0; i < weights.Length; i++)
        {
            if (outcomes[i].Kind == OutcomeKind.Checked)
                weights[i] *= (double)outcomes[i].StandsFor * count / requests;
        }
    }

    private static void Standardise(IReadOnlyList<Outcome> outcomes, OutcomeKind kind, double[] gains)
    {
        var (count, sum, squares) = (0, 0.0, 0.0);
        for (var i = 0; i < gains.Length; i++)
        {
            if (outcomes[i].Kind != kind)
                continue;
            var times = outcomes[i].StandsFor;
            (count, sum, squares) = (count + times, sum + (times * gains[i]), squares + (times * gains[i] * gains[i]));
        }

        if (count == 0)
            return;
        var mean = sum / count;
        var deviation = Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean)));
        for (var i = 0; i < gains.Length; i++)
        {
            if (outcomes[i].Kind == kind)
                gains[i] = deviation < Flat ? 0 : (gains[i] - mean) / deviation;
        }
    }
}
