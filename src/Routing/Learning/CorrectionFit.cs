using Gateway.Routing.Complexity.Features;
using Gateway.Routing.Complexity.Training;

namespace Gateway.Routing.Learning;

/// <summary>Learns a correction from outcomes: a pure function of the artefact's mark and of the outcomes, in their order.</summary>
/// <remarks>
/// The constants were chosen by replaying the labelled routing rows; <c>make route ARGS="learn DATA"</c> prints what a workload's own
/// outcomes gain over a default that has never seen it: in mean APGR .019, .066 and .082 with 100, 500 and 1,500 judged pairs.
/// Heavier and lighter penalties lost; n0 from 50 to 200 made no difference from 500 outcomes on.
/// </remarks>
public static class CorrectionFit
{
    /// <summary>Outcomes below which nothing is fitted: their noise is larger than what they could teach.</summary>
    public const int FewestOutcomes = 50;

    /// <summary>n0 of <c>trust = n / (n + n0)</c>: with so many labels the own fit and the default are believed alike.</summary>
    public const double HalfTrust = 100;

    private const double Penalty = 10;

    /// <summary>What a standardised statistic is multiplied by, so that its weight costs 25 times what a gram's does.</summary>
    private const float DenseScale = 0.2f;

    /// <summary>The constant's value: its weight costs a tenth of a gram's.</summary>
    private const float Constant = 3;

    private const int Columns = Sketch.Buckets + DenseVector.Size + 1;
    private const int Folds = 5;

    /// <summary>Fits on all outcomes, and judges what such a fit is worth on outcomes it has not seen.</summary>
    public static FitReport Fit(uint artefact, IReadOnlyList<Outcome> outcomes)
    {
        var counted = LastOfEach(outcomes);
        if (counted.Count < FewestOutcomes)
            return new FitReport(null, counted.Count, $"{counted.Count} of {FewestOutcomes} outcomes that a fit needs");
        var (gains, weights) = GainEstimates.Of(counted);
        var scale = DenseSpread.Of(counted);
        var rows = new DesignMatrix([.. counted.Select(outcome => RowOf(outcome.Sketch, scale))], Columns);
        var trust = weights.Sum() / (weights.Sum() + HalfTrust);
        var (before, after) = Judge(artefact, counted, rows, gains, weights, trust);
        var mark = new CorrectionMark(artefact, counted.Count, (float)trust, (float)before, (float)after);
        var correction = Made(mark, RidgeSolver.Solve(rows, gains, weights, Penalty), scale);
        return after > before
            ? new FitReport(correction, counted.Count, "fitted")
            : new FitReport(null, counted.Count, $"no better than the default on outcomes it has not seen ({after:0.000} against {before:0.000})");
    }

    /// <summary>Of several outcomes of one kind for one request the last one, in the order of the log.</summary>
    private static List<Outcome> LastOfEach(IReadOnlyList<Outcome> outcomes)
    {
        var last = new Dictionary<(ulong, OutcomeKind), int>();
        for (var i = 0; i < outcomes.Count; i++)
            last[(outcomes[i].Request, outcomes[i].Kind)] = i;
        return [.. last.Values.Order().Select(index => outcomes[index])];
    }

    private static SparseValue[] RowOf(Sketch sketch, DenseSpread scale)
    {
        var values = new SortedDictionary<int, float>();
        for (var i = 0; i < sketch.Pairs; i++)
        {
            var (bucket, value) = sketch.Pair(i);
            values[bucket] = values.GetValueOrDefault(bucket) + value;
        }

        for (var i = 0; i < DenseVector.Size; i++)
            values[Sketch.Buckets + i] = DenseScale * scale.Apply(i, sketch.Dense(i));
        values[Columns - 1] = Constant;
        return [.. values.Select(pair => new SparseValue(pair.Key, pair.Value))];
    }

    /// <summary>The weights as a correction: in half precision, in which they are stored, so that a restart changes nothing.</summary>
    private static Correction Made(CorrectionMark mark, float[] weights, DenseSpread scale)
    {
        var grams = Array.ConvertAll(weights[..Sketch.Buckets], weight => (float)(Half)weight);
        var dense = Array.ConvertAll(weights[Sketch.Buckets..^1], weight => weight * DenseScale);
        return new Correction(mark, grams, dense, scale, weights[^1] * Constant);
    }

    /// <summary>Correlation with the gains: of the default, and of what fits on the other folds make of each outcome.</summary>
    private static (double Default, double Corrected) Judge(
        uint artefact, List<Outcome> outcomes, DesignMatrix rows, double[] gains, double[] weights, double trust)
    {
        var (before, after) = (new double[rows.Rows], new double[rows.Rows]);
        for (var fold = 0; fold < Folds; fold++)
        {
            var masked = new double[weights.Length];
            for (var i = 0; i < masked.Length; i++)
                masked[i] = FoldOf(outcomes[i]) == fold ? 0 : weights[i];
            var fitted = RidgeSolver.Solve(rows, gains, masked, Penalty);
            for (var i = 0; i < rows.Rows; i++)
            {
                if (FoldOf(outcomes[i]) != fold)
                    continue;
                // The score of another artefact is not on this one's scale; of such an outcome the default says nothing.
                before[i] = outcomes[i].Artefact == artefact ? outcomes[i].Sketch.Score : 0;
                after[i] = before[i] + (trust * (rows.Dot(i, fitted) - before[i]));
            }
        }

        return (Correlation(before, gains, weights), Correlation(after, gains, weights));
    }

    private static int FoldOf(Outcome outcome) => (int)(outcome.Request % Folds);

    private static double Correlation(double[] one, double[] other, double[] weights)
    {
        var (sum, ones, others) = (0.0, 0.0, 0.0);
        for (var i = 0; i < weights.Length; i++)
            (sum, ones, others) = (sum + weights[i], ones + (weights[i] * one[i]), others + (weights[i] * other[i]));
        var (meanOne, meanOther) = (ones / sum, others / sum);
        var (both, squareOne, squareOther) = (0.0, 0.0, 0.0);
        for (var i = 0; i < weights.Length; i++)
        {
            var (a, b) = (one[i] - meanOne, other[i] - meanOther);
            (both, squareOne, squareOther) = (both + (weights[i] * a * b), squareOne + (weights[i] * a * a), squareOther + (weights[i] * b * b));
        }

        return squareOne * squareOther > 0 ? both / Math.Sqrt(squareOne * squareOther) : 0;
    }
}

/// <summary>What a fit came to.</summary>
/// <param name="Correction">The correction; null when there is none worth trying.</param>
/// <param name="Outcomes">How many outcomes counted.</param>
/// <param name="Reason">Why there is one or none, in a few words.</param>
public sealed record FitReport(Correction? Correction, int Outcomes, string Reason);
