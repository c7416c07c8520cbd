using System.Globalization;

namespace Gateway.Routing.Learning;

/// <summary>Judges a version on trial by what callers of its share were served, against the share of the version before it.</summary>
/// <remarks>
/// A one-sided comparison of two means (Welch): the difference over its standard error. It is looked at again with every outcome,
/// which makes "clearly worse" come too easily, hence a stricter bar before the end (1 in 100) than at it (1 in 10).
/// </remarks>
public static class Canary
{
    /// <summary>Outcomes of the candidate below which nothing is said of it.</summary>
    private const int Fewest = 10;

    /// <summary>Standard errors below the old mean at which a trial is broken off: 1 in 100 by chance.</summary>
    private const double ClearlyWorse = 2.33;

    /// <summary>Standard errors below the old mean that still pass at the end of a trial: 9 in 10 of versions that are as good.</summary>
    private const double NotWorse = 1.28;

    /// <summary>Least variance of a score: ten equal ones do not prove that there are no others.</summary>
    private const double LeastVariance = 0.01;

    public static CanaryVerdict Judge(CorrectionHistory history, IEnumerable<Outcome> outcomes, CanarySettings settings, long now)
    {
        var (fresh, old) = (default(Mean), default(Mean));
        foreach (var outcome in outcomes)
        {
            if (outcome.At < history.Since || outcome.Served is not { } served)
                continue;
            if (outcome.Version == history.Candidate)
                fresh.Add(served);
            else if (outcome.Version == history.Current)
                old.Add(served);
        }

        var isOver = fresh.Count >= settings.Outcomes || now - history.Since >= settings.Longest.TotalSeconds;
        var errors = fresh.Count == 0 || old.Count == 0
            ? 0
            : (fresh.Value - old.Value) / Math.Sqrt((fresh.Variance / fresh.Count) + (old.Variance / old.Count));
        var seen = string.Create(
            CultureInfo.InvariantCulture,
            $"{fresh.Value:0.000} of {fresh.Count} against {old.Value:0.000} of {old.Count}, {errors:+0.0;-0.0} standard errors");
        if (fresh.Count >= Fewest && (errors < -ClearlyWorse || (isOver && errors < -NotWorse)))
            return new CanaryVerdict(CanaryStep.RollBack, seen);
        return new CanaryVerdict(isOver ? CanaryStep.Promote : CanaryStep.Wait, seen);
    }

    private struct Mean
    {
        private double _sum;
        private double _squares;

        public int Count { get; private set; }

        public readonly double Value => Count == 0 ? 0 : _sum / Count;

        public readonly double Variance => Math.Max(LeastVariance, (_squares / Count) - (Value * Value));

        public void Add(double value)
        {
            Count++;
            _sum += value;
            _squares += value * value;
        }
    }
}

/// <summary>How long a trial lasts: whichever comes first.</summary>
/// <param name="Outcomes">Outcomes of the candidate that are enough.</param>
/// <param name="Longest">The time after which what is there must do.</param>
public readonly record struct CanarySettings(int Outcomes, TimeSpan Longest);

/// <summary>What to do with a version on trial, and what was seen of it.</summary>
public readonly record struct CanaryVerdict(CanaryStep Step, string Seen);

/// <summary>What follows for a version on trial.</summary>
public enum CanaryStep
{
    Wait,
    Promote,
    RollBack,
}
