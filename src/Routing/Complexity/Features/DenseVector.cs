using System.Runtime.CompilerServices;

namespace Gateway.Routing.Complexity.Features;

/// <summary>One value for each <see cref="DenseFeature"/>, not yet standardised.</summary>
[InlineArray(Size)]
public struct DenseVector
{
    /// <summary>How many dense statistics there are.</summary>
    public const int Size = (int)DenseFeature.ToolParameterOverlap + 1;

    private float _first;

    /// <summary>The statistics' names in the order of the vector, as headers and cards write them: <c>long-words</c>.</summary>
    public static IReadOnlyList<string> Names => DashedNames;

    private static readonly string[] DashedNames = [.. Enum.GetNames<DenseFeature>().Select(Dashed)];

    internal static string NameOf(int feature) => DashedNames[feature];

    internal void Set(DenseFeature feature, float value) => this[(int)feature] = value;

    private static string Dashed(string name) =>
        string.Concat(name.Select((letter, i) => char.IsUpper(letter) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));
}
