using System.Collections.Immutable;
using System.Text.Json;

namespace Gateway.Routing.Cascade.Confidence;

/// <summary>What one kind of evidence adds to the log-odds that the small model is wrong.</summary>
/// <param name="Source">Rows and command that the coefficients come from.</param>
/// <param name="Names">The features.</param>
/// <param name="Means">Subtracted from each feature.</param>
/// <param name="Scales">Divides each difference.</param>
/// <param name="Weights">Log-odds per scaled feature.</param>
/// <param name="Bias">Log-odds at the means, less those of the rows it was fitted on: 0 would say that nothing was learned there.</param>
public sealed record LogisticPart(
    string Source,
    ImmutableArray<string> Names,
    ImmutableArray<double> Means,
    ImmutableArray<double> Scales,
    ImmutableArray<double> Weights,
    double Bias)
{
    /// <summary>Scaled features beyond this are cut: a linear rule says nothing sensible far outside of what it was fitted on.</summary>
    private const double Farthest = 3;

    /// <summary>Log-odds to add; positive speaks against the answer.</summary>
    public double Add(ReadOnlySpan<double> features)
    {
        var sum = Bias;
        for (var i = 0; i < Weights.Length; i++)
            sum += Weights[i] * Math.Clamp((features[i] - Means[i]) / Scales[i], -Farthest, Farthest);
        return sum;
    }

    internal static LogisticPart Read(JsonElement part) => new(
        part.GetProperty("source"u8).GetString()!,
        [.. part.GetProperty("names"u8).EnumerateArray().Select(name => name.GetString()!)],
        Numbers(part, "means"),
        Numbers(part, "scales"),
        Numbers(part, "weights"),
        part.GetProperty("bias"u8).GetDouble());

    private static ImmutableArray<double> Numbers(JsonElement part, string name) =>
        [.. part.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
}
