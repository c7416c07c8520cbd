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

    /// <summary>A request was answered: how large it was.</summary>
    /// <param name="prompt">Prompt tokens, cached ones included.</param>
    /// <param name="cached">Of those, the cached ones.</param>
    /// <param name="completion">Generated tokens.</param>
    void NoteUsage(int prompt, int cached, int completion);
}
