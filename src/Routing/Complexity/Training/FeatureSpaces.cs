using Gateway.Routing.Complexity.Features;

namespace Gateway.Routing.Complexity.Training;

/// <summary>Learns how rare grams are and how the dense statistics spread.</summary>
public static class FeatureSpaces
{
    /// <summary>Idf in 255 steps: at 18,000 prompts a step is 0.04.</summary>
    private const float Steps = 255;

    public static FeatureSpace Fit(IReadOnlyList<LabelledPrompt> prompts)
    {
        var occurrences = new int[Grams.Space];
        var sums = new double[DenseVector.Size];
        var squares = new double[DenseVector.Size];
        foreach (var prompt in prompts)
        {
            using var features = PromptFeatures.Read(prompt.Ask, prompt.ToolsJson);
            foreach (var gram in features.Grams)
                occurrences[gram.Gram]++;
            for (var i = 0; i < DenseVector.Size; i++)
            {
                sums[i] += features.Dense[i];
                squares[i] += (double)features.Dense[i] * features.Dense[i];
            }
        }

        var count = double.Max(prompts.Count, 1);
        var step = (float)((1 + Math.Log(1 + count)) / Steps);
        var rarity = Array.ConvertAll(occurrences, seen => (byte)Math.Round((1 + Math.Log((1 + count) / (1 + seen))) / step));
        var means = Array.ConvertAll(sums, sum => (float)(sum / count));
        var deviations = squares.Select((square, i) => Deviation(square / count, means[i])).ToArray();
        return new FeatureSpace(rarity, step, means, deviations);
    }

    private static float Deviation(double meanSquare, double mean)
    {
        var variance = meanSquare - (mean * mean);
        return variance > 1e-9 ? (float)Math.Sqrt(variance) : 0;
    }
}
