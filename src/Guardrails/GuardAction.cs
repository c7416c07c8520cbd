namespace Gateway.Guardrails;

/// <summary>What is done about a finding.</summary>
public enum GuardAction : byte
{
    /// <summary>Count it and tell, let the text pass.</summary>
    Flag,

    /// <summary>Put a placeholder in its place.</summary>
    Redact,

    /// <summary>Let nothing of the text pass.</summary>
    Block,
}
