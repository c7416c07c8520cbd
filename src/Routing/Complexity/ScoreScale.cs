namespace Gateway.Routing.Complexity;

/// <summary>How an artefact's raw predictions become a score and a gain.</summary>
/// <param name="Centre">The prediction that scores 0.5: the median over training prompts.</param>
/// <param name="Spread">Predictions per unit of logit; the logistic then follows the predictions' own distribution.</param>
/// <param name="MeanGain">Mean gain of the large model, in quality points, at a prediction of 0.</param>
/// <param name="GainSlope">Quality points a unit of prediction.</param>
/// <param name="MeanWords">What the words of a training prompt add to its prediction on average.</param>
/// <param name="MeanCharacters">What its runs of characters add on average.</param>
public sealed record ScoreScale(float Centre, float Spread, float MeanGain, float GainSlope, float MeanWords, float MeanCharacters)
{
    /// <summary>The prediction as a logit.</summary>
    public float LogitOf(float prediction) => (prediction - Centre) / Spread;

    /// <summary>The gain of the large model, in points of quality from −1 to 1.</summary>
    public float GainOf(float prediction) => float.Clamp(MeanGain + (GainSlope * prediction), -1, 1);

    /// <summary>1 / (1 + exp(−logit)).</summary>
    public static float ScoreOf(float logit) => 1 / (1 + MathF.Exp(-logit));
}
