namespace Gateway.Routing.Thresholds;

/// <summary><c>threshold</c>: the large pool answers from this score on, however many requests that makes.</summary>
public sealed class FixedThreshold(double threshold) : IThreshold
{
    public double Threshold { get; } = threshold;

    public ThresholdVerdict Decide(double score, bool isHeld = false) =>
        isHeld && score < Threshold ? new ThresholdVerdict(true, ThresholdCause.Held, Threshold) : Look(score);

    public ThresholdVerdict Look(double score) => new(score >= Threshold, ThresholdCause.Score, Threshold);

    public void NoteEscalation()
    {
    }

    public void NoteUsage(int prompt, int cached, int completion)
    {
    }
}
