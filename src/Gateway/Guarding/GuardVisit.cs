using Gateway.Guarding.Requests;
using Gateway.Guardrails;
using Gateway.Protocol;

namespace Gateway.Guarding;

/// <summary>What one request and its answer have to do with guards.</summary>
public sealed class GuardVisit(GuardPolicy policy)
{
    public GuardPolicy Policy { get; } = policy;

    /// <summary>What stands for what was redacted.</summary>
    public Placeholders Placeholders { get; } = new();

    /// <summary>The request's inspection; null when the policy has none, or while the request has not come to it.</summary>
    public GuardChain? Input { get; set; }

    /// <summary>What runs that inspection and waits for its verdicts; null where the policy asks nobody remote.</summary>
    public LateVerdicts? Late { get; set; }

    /// <summary>The request's texts as the upstream is sent them, for guards of the answer that look at the prompt.</summary>
    public IReadOnlyList<GuardedText> Prompt { get; set; } = [];

    /// <summary>What the guards did with the answer; null when the policy has none for answers, or while there is none.</summary>
    public GuardReport? Output { get; set; }

    /// <summary>Whether the caller gets values back in place of placeholders.</summary>
    public bool Restores => Placeholders.Restorable.Count > 0;

    /// <summary>The request's texts as the caller wrote them, which late verdicts are about; null while they were not read.</summary>
    internal RequestTexts? Texts { get; set; }

    /// <summary>The texts of the redacted body; null where nothing was redacted, or nobody looks at them.</summary>
    internal RequestTexts? Sent { get; set; }

    /// <summary>The body that the caller's texts stand in, where another one has taken its place.</summary>
    internal RequestBody? Original { get; set; }
}
