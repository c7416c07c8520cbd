using Gateway.Routing.Cascade.Checks;
using Gateway.Routing.Cascade.Confidence;

namespace Gateway.Routing.Cascade;

/// <summary>Says whether a small model's answer is good enough to be shown: the checks first, then its confidence.</summary>
public static class AnswerJudge
{
    /// <summary>The cause's name when no check flagged the answer but it is unlikely to be right.</summary>
    public const string LowConfidence = "low_confidence";

    /// <param name="answer">The answer, whole or as far as it was held.</param>
    /// <param name="offer">What the caller offered and asked for.</param>
    /// <param name="settings">How strictly.</param>
    /// <param name="promptScore">The prompt's complexity in [0, 1], where it was asked for.</param>
    public static Judgement Judge(DraftAnswer answer, Offer offer, VerifySettings settings, double? promptScore)
    {
        if (AnswerChecks.FirstFlag(settings.Checks, answer, offer) is { } flag)
            return new Judgement(flag.Name, flag.Reason, null);
        if (!settings.WeighsTokens || answer.Tokens.Sum() is not { } tokens)
            return new Judgement(null, null, null);
        var isText = answer.IsWhole && !answer.HasCalls && offer.Form == AnswerForm.Text;
        var confidence = 1 - ConfidenceModel.Default.ChanceOfWrong(tokens, isText ? answer.Text : [], promptScore);
        return confidence < settings.LeastConfidence
            ? new Judgement(LowConfidence, null, confidence)
            : new Judgement(null, null, confidence);
    }
}

/// <summary>What was found of one answer.</summary>
/// <param name="Cause">Why it is too weak to show: a check's name, or <see cref="AnswerJudge.LowConfidence"/>; null when it may be shown.</param>
/// <param name="Reason">The check's finding in words.</param>
/// <param name="Confidence">Chance that it is right, in [0, 1]; null where it was not weighed.</param>
public readonly record struct Judgement(string? Cause, string? Reason, double? Confidence)
{
    public bool IsWeak => Cause is not null;
}
