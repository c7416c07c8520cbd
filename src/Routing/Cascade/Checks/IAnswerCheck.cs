namespace Gateway.Routing.Cascade.Checks;

/// <summary>One thing that can be seen to be wrong with an answer without knowing the right one.</summary>
public interface IAnswerCheck
{
    /// <summary>The name for configuration and metrics.</summary>
    string Name { get; }

    /// <summary>What is wrong when it flags, in a few words; never text of the prompt or the answer.</summary>
    string Reason { get; }

    /// <summary>Whether the answer has this flaw. An answer that is still being written is flagged only for what more text cannot mend.</summary>
    bool Flags(DraftAnswer answer, Offer offer);
}
