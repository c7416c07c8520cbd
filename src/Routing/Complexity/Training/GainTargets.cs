namespace Gateway.Routing.Complexity.Training;

/// <summary>What a scorer is fitted to: gains, centred and scaled within each source, and how much each row counts.</summary>
/// <remarks>
/// Pairs of models differ in strength, so levels of gain do not compare between sources; what is learned is who gains more than
/// its neighbours. Fitting "the small model is wrong" instead loses 0.014 APGR: it sends up what both models fail.
/// </remarks>
public sealed record GainTargets(double[] Values, double[] Importance)
{
    private const double LeastDeviation = 0.05;

    public static GainTargets Of(IReadOnlyList<LabelledPrompt> prompts, TrainingSettings settings)
    {
        var targets = new GainTargets(new double[prompts.Count], new double[prompts.Count]);
        foreach (var source in Enumerable.Range(0, prompts.Count).GroupBy(row => prompts[row].Source))
        {
            var rows = source.ToList();
            var gains = rows.ConvertAll(row => Smooth(prompts[row], settings.Smoothing));
            var mean = gains.Average();
            var deviation = Math.Max(LeastDeviation, Math.Sqrt(gains.Average(gain => (gain - mean) * (gain - mean))));
            for (var i = 0; i < rows.Count; i++)
            {
                targets.Values[rows[i]] = (gains[i] - mean) / deviation;
                targets.Importance[rows[i]] = Math.Pow(rows.Count, settings.SizePower - 1);
            }
        }

        var average = targets.Importance.DefaultIfEmpty(1).Average();
        for (var i = 0; i < targets.Importance.Length; i++)
            targets.Importance[i] /= average;
        return targets;
    }

    /// <summary>One answer is a coin's throw; how other models of the class did says what it was weighted for.</summary>
    private static double Smooth(LabelledPrompt prompt, double smoothing)
    {
        var weak = prompt.Weak + (smoothing * ((prompt.OtherWeak ?? prompt.Weak) - prompt.Weak));
        var strong = prompt.Strong + (smoothing * ((prompt.OtherStrong ?? prompt.Strong) - prompt.Strong));
        return strong - weak;
    }
}
