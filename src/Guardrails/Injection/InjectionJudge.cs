namespace Gateway.Guardrails.Injection;

/// <summary>Says whether a text that was hidden or decoded is an attack: no such text has a good reason to look like one of either kind.</summary>
public sealed class InjectionJudge(InjectionClassifier classifier, double rate)
{
    private readonly float _direct = classifier.HeadOf(isIndirect: false).Threshold(rate);
    private readonly float _indirect = classifier.HeadOf(isIndirect: true).Threshold(rate);

    public InjectionClassifier Classifier => classifier;

    /// <summary>The score from which on a window of a kind of text counts.</summary>
    public float Threshold(bool isIndirect) => isIndirect ? _indirect : _direct;

    /// <param name="text">The text.</param>
    /// <param name="score">How sure it is, in (0, 1].</param>
    public bool IsAttack(ReadOnlySpan<byte> text, out float score)
    {
        var (direct, indirect) = (classifier.Best(text, isIndirect: false), classifier.Best(text, isIndirect: true));
        score = 1 / (1 + MathF.Exp(-Math.Max(direct, indirect)));
        return direct >= _direct || indirect >= _indirect;
    }
}
