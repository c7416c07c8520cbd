namespace Gateway.Guardrails;

/// <summary>One guard of a policy, and what follows from what it finds. Has either a local or a remote guard.</summary>
public sealed record GuardStep
{
    /// <summary>The guard's name, in headers, logs and metrics.</summary>
    public required string Name { get; init; }

    public required GuardAction Action { get; init; }

    public IGuard? Local { get; init; }

    public IRemoteGuard? Remote { get; init; }

    /// <summary>What is redacted in a request is put back in its answer, for the caller alone.</summary>
    public bool Restores { get; init; }

    /// <summary>A text passes when the guard fails. It does not unless this says so.</summary>
    public bool FailsOpen { get; init; }

    /// <summary>Of a remote guard that redacts nothing: its verdict on a request may come while the upstream is at work already.</summary>
    public bool MayBeLate => Remote is not null && Action != GuardAction.Redact;

    /// <summary>Bytes of a streamed answer between two questions to a remote guard.</summary>
    public int Stride { get; init; } = 400;

    /// <summary>What is done about the findings of a remote guard.</summary>
    /// <remarks>
    /// A step that flags does no more, whatever its guard asks for: that is how a guard is tried out. A guard that only wants something flagged is
    /// obeyed, and so is one that wants nothing to pass. What it wants redacted where the step blocks is blocked, since nothing can be redacted in
    /// a text that may have left already.
    /// </remarks>
    public GuardAction ActionOn(RemoteVerdict verdict) => Action == GuardAction.Flag || verdict.Asks is null or GuardAction.Redact ? Action : verdict.Asks.Value;
}
