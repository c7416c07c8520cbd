namespace Gateway.Caching.Semantic.Bounds;

/// <summary>Where the bar of a class lies, by its verdicts: pure.</summary>
/// <remarks>
/// Two rules of different strictness. Up from the configured bar: as soon as what was seen at or above a bar is more wrong than bearable, a
/// little benefit of the doubt given, the bar is higher; down: only when what was seen is, with nine chances in ten, no more wrong than
/// bearable. All verdicts count the same although misses are checked more often than hits, which errs on the safe side: the farther apart, the
/// more often wrong.
/// </remarks>
internal static class BarRule
{
    /// <summary>A bar that nothing reaches.</summary>
    public const float Closed = 2;

    /// <summary>The normal deviate that nine in ten lie under.</summary>
    private const double NineInTen = 1.2816;

    /// <summary>At the very bar a hit may be so many times as often wrong as hits may be on the whole.</summary>
    private const double AtTheBar = 4;

    /// <summary>Before so many verdicts the curve has little to say, and only what was counted counts.</summary>
    private const double CurveFrom = 30;

    public static float Choose(VerdictCounts verdicts, float configured, BoundSettings settings)
    {
        Span<double> wrong = stackalloc double[VerdictCounts.Bins], all = stackalloc double[VerdictCounts.Bins];
        var (wrongs, total) = (0.0, 0.0);
        for (var bin = VerdictCounts.Bins - 1; bin >= 0; bin--)
        {
            wrong[bin] = wrongs += verdicts.Wrong[bin];
            all[bin] = total += verdicts.Right[bin] + verdicts.Wrong[bin];
        }

        var model = RightnessModel.Fit(verdicts);
        var start = VerdictCounts.BinOf(configured);
        for (var bin = start; bin < VerdictCounts.Bins; bin++)
        {
            if (!MayStay(wrong[bin], all[bin], settings.Bearable) || (total >= CurveFrom && model.WrongAt(VerdictCounts.FloorOf(bin), 0) > AtTheBar * settings.Bearable))
                continue;
            return bin > start ? VerdictCounts.FloorOf(bin)
                : Lower(wrong, all, model, configured, settings);
        }

        return Closed;
    }

    /// <summary>The lowest bar down from the configured one that the verdicts prove.</summary>
    private static float Lower(ReadOnlySpan<double> wrong, ReadOnlySpan<double> all, RightnessModel model, float configured, BoundSettings settings)
    {
        var lowest = configured;
        for (var bin = VerdictCounts.BinOf(configured) - 1; bin >= VerdictCounts.BinOf(settings.Lowest); bin--)
        {
            var floor = VerdictCounts.FloorOf(bin);
            if (MostWrong(wrong[bin], all[bin]) > settings.Bearable || model.WrongAt(floor, 1) > AtTheBar * settings.Bearable)
                break;
            lowest = floor;
        }

        return lowest;
    }

    /// <summary>Half a wrong one in as many as make a whole one bearable is believed before anything is seen.</summary>
    private static bool MayStay(double wrong, double all, double bearable) => (wrong + 0.5) / (all + (1 / bearable)) <= bearable;

    /// <summary>The share of wrong ones that, with nine chances in ten, is not exceeded: the Poisson limit by Wilson and Hilferty's formula.</summary>
    private static double MostWrong(double wrong, double all)
    {
        var shape = wrong + 1;
        var root = 1 - (1 / (9 * shape)) + (NineInTen / (3 * Math.Sqrt(shape)));
        return all > 0 ? shape * root * root * root / all : 1;
    }
}
