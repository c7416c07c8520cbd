namespace Gateway.Guardrails;

/// <summary>What became of one guard's inspection of a request or an answer; of several, the highest counts.</summary>
public enum GuardOutcome : byte
{
    /// <summary>It was not asked, because another had blocked before, or there was no text to inspect.</summary>
    NotRun,

    /// <summary>It inspected everything and found nothing.</summary>
    Passed,

    /// <summary>It found something and let it pass.</summary>
    Flagged,

    /// <summary>Placeholders stand where it found something.</summary>
    Redacted,

    /// <summary>It failed, and the text passed without it.</summary>
    FailedOpen,

    /// <summary>It failed, and the text did not pass.</summary>
    FailedShut,

    /// <summary>It found something, and the text did not pass.</summary>
    Blocked,
}
