namespace Gateway.Completions;

/// <summary>Which side of a trial a request is on.</summary>
public enum Arm : byte
{
    /// <summary>Its model has no trial.</summary>
    None,

    /// <summary>Its conversation is not taken: routed as ever.</summary>
    Control,

    /// <summary>Its conversation is routed the other way.</summary>
    Trial,

    /// <summary>Routed as ever, and what the other way would have been is logged.</summary>
    Shadow,
}
