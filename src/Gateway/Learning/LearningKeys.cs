using System.Globalization;

namespace Gateway.Learning;

/// <summary>Where learning keeps things in the state store.</summary>
internal static class LearningKeys
{
    /// <summary>The log of a model's outcomes: the source of truth.</summary>
    public static string Outcomes(string scope) => $"outcomes/{scope}";

    /// <summary>Which versions of a model's correction are in force, on trial, and gone.</summary>
    public static string History(string scope) => $"learning/history/{scope}";

    public static string Correction(string scope, uint version) =>
        string.Create(CultureInfo.InvariantCulture, $"learning/correction/{scope}/{version:x8}");

    /// <summary>A request that another gateway may be given feedback for.</summary>
    public static string Recent(ulong request) => string.Create(CultureInfo.InvariantCulture, $"recent/{request:x16}");
}
