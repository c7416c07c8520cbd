using System.Globalization;
using System.Runtime.CompilerServices;
using Gateway.Routing.Complexity;
using Gateway.Routing.Thresholds;

namespace Gateway.Routing.Cascade;

/// <summary>Why a cascade starts where it does, in the few words that <c>x-gateway-route</c> shows.</summary>
internal static class RouteReason
{
    /// <summary>For example <c>complexity 0.713, quantile 0.84 >= 0.70 (+math +length)</c>.</summary>
    public static string Of(ComplexityScore score, ThresholdVerdict verdict, string? hold)
    {
        var text = new DefaultInterpolatedStringHandler(48, 4, CultureInfo.InvariantCulture, stackalloc char[160]);
        text.AppendLiteral("complexity ");
        text.AppendFormatted(score.Value, "0.000");
        if (verdict.Quantile is { } quantile)
        {
            text.AppendLiteral(", quantile ");
            text.AppendFormatted(quantile, "0.00");
        }

        switch (verdict.Cause)
        {
            case ThresholdCause.Floor:
                text.AppendLiteral(", above the floor");
                break;
            case ThresholdCause.ShareSpent:
                text.AppendLiteral(", large share spent");
                break;
            case ThresholdCause.ShareUnused:
                text.AppendLiteral(", large share unused");
                break;
            default:
                text.AppendLiteral(verdict.IsHard && verdict.Cause == ThresholdCause.Score ? " >= " : " < ");
                text.AppendFormatted(verdict.Bar, verdict.Quantile is null ? "0.###" : "0.00");
                break;
        }

        AppendFeatures(ref text, score);
        if (verdict.Cause == ThresholdCause.Held)
        {
            text.AppendLiteral("; ");
            text.AppendLiteral(hold ?? "held");
        }

        return text.ToStringAndClear();
    }

    private static void AppendFeatures(ref DefaultInterpolatedStringHandler text, ComplexityScore score)
    {
        var count = 0;
        for (var i = 0; i < ComplexityScore.MostFeatures; i++)
        {
            if (score[i] is not { Name: { } name, Weight: var weight })
                continue;
            text.AppendLiteral(count++ == 0 ? " (" : " ");
            text.AppendLiteral(weight < 0 ? "-" : "+");
            text.AppendLiteral(name);
        }

        if (count > 0)
            text.AppendLiteral(")");
    }
}
