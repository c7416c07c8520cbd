namespace Gateway.Caching.Semantic.Bounds;

/// <summary>How likely an entry is right by its similarity: a logistic curve that never falls, and how sure it is.</summary>
/// <remarks>
/// Fitted as vCache does (arXiv 2502.03771), with two differences: by class of asks and not by entry, since most entries are never asked twice,
/// and with a weak prior, so that verdicts which are all right do not make it certain.
/// </remarks>
/// <param name="Middle">Log odds of being right at <see cref="Centre"/>.</param>
/// <param name="Slope">How they rise with each <see cref="Unit"/> of similarity.</param>
/// <param name="Spread">Covariance of the two.</param>
internal readonly record struct RightnessModel(double Middle, double Slope, (double Middle, double Both, double Slope) Spread)
{
    private const double Centre = 0.9, Unit = 0.05;

    /// <summary>The prior: nine in ten are right at the centre, odds rise e-fold a unit; two standard deviations of four and two say how little that is worth.</summary>
    private const double PriorMiddle = 2.2, PriorSlope = 1, MiddlePrecision = 1 / 4.0, SlopePrecision = 1.0;

    private const int MostSteps = 25;

    public static RightnessModel Fit(VerdictCounts verdicts)
    {
        var free = Fit(verdicts, isFlat: false);
        return free.Slope >= 0 ? free : Fit(verdicts, isFlat: true);
    }

    /// <summary>How likely an entry of this similarity is wrong.</summary>
    /// <param name="similarity">The similarity.</param>
    /// <param name="deviations">So many standard deviations on the gloomy side.</param>
    public double WrongAt(float similarity, double deviations)
    {
        var x = (similarity - Centre) / Unit;
        var odds = Middle + (Slope * x);
        var variance = Spread.Middle + (2 * x * Spread.Both) + (x * x * Spread.Slope);
        return 1 / (1 + Math.Exp(odds - (deviations * Math.Sqrt(Math.Max(0, variance)))));
    }

    /// <summary>Newton's method on the penalised likelihood; the counts are summed by similarity, so a step is 51 terms.</summary>
    private static RightnessModel Fit(VerdictCounts verdicts, bool isFlat)
    {
        var (middle, slope) = (PriorMiddle, isFlat ? 0 : PriorSlope);
        var (mm, ms, ss) = (0.0, 0.0, 0.0);
        for (var step = 0; step < MostSteps; step++)
        {
            var (gm, gs) = (-MiddlePrecision * (middle - PriorMiddle), -SlopePrecision * (slope - PriorSlope));
            (mm, ms, ss) = (MiddlePrecision, 0, SlopePrecision);
            for (var bin = 0; bin < VerdictCounts.Bins; bin++)
            {
                var (right, all) = (verdicts.Right[bin], verdicts.Right[bin] + verdicts.Wrong[bin]);
                if (all <= 0)
                    continue;
                var x = (VerdictCounts.FloorOf(bin) + 0.005 - Centre) / Unit;
                var p = 1 / (1 + Math.Exp(-(middle + (slope * x))));
                var (off, weight) = (right - (all * p), Math.Max(all * p * (1 - p), 1e-9));
                gm += off;
                gs += off * x;
                mm += weight;
                ms += weight * x;
                ss += weight * x * x;
            }

            if (isFlat)
                (gs, ms, ss) = (0, 0, 1);
            var determinant = (mm * ss) - (ms * ms);
            var (dm, ds) = (((ss * gm) - (ms * gs)) / determinant, ((mm * gs) - (ms * gm)) / determinant);
            // A long step would leave the curve where it is flat, and never come back.
            var shorten = Math.Min(1, 4 / Math.Max(Math.Abs(dm), Math.Max(Math.Abs(ds), 1e-12)));
            middle += dm * shorten;
            slope += ds * shorten;
            if (Math.Abs(dm) + Math.Abs(ds) < 1e-7)
                break;
        }

        var area = (mm * ss) - (ms * ms);
        return new RightnessModel(middle, slope, (ss / area, isFlat ? 0 : -ms / area, isFlat ? 0 : mm / area));
    }
}
