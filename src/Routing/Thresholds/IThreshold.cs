namespace Gateway.Routing.Thresholds;

/// <summary>Says which scores are high enough for the large pool.</summary>
public interface IThreshold
{
    /// <summary>Decides for one request, and remembers that it did.</summary>
    /// <param name="score">The prompt's complexity in [0, 1].</param>
    /// <param name="isHeld">The conversation stays with the large pool whatever the score; counted as decided so.</param>
    ThresholdVerdict Decide(double score, bool isHeld = false);

    /// <summary>Where a score stands, without deciding or remembering anything.</summary>
    ThresholdVerdict Look(double score);

    /// <summary>A small model's answer was given up for a large one's: the large pool has answered one request more.</summary>
    void NoteEscalation();
}
