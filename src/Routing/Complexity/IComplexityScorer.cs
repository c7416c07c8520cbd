namespace Gateway.Routing.Complexity;

/// <summary>Says how much a prompt would gain from the larger model.</summary>
public interface IComplexityScorer
{
    /// <summary>Whether it wants <see cref="Prompt.Conversation"/>, which costs a copy of all text.</summary>
    bool ReadsConversation => false;

    /// <summary>Scores in [0, 1]; 0 is a prompt that the small model answers as well. Allocates nothing.</summary>
    ComplexityScore Score(in Prompt prompt);

    /// <summary>Scores of one version may be compared with one another; ASCII, a few characters.</summary>
    string Version => GetType().Name;

    /// <summary>Scores at evenly spaced quantiles of what this scorer usually says, ascending; empty when that is not known.</summary>
    ReadOnlySpan<float> TypicalScores => [];
}
