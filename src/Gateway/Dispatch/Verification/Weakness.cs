namespace Gateway.Dispatch.Verification;

/// <summary>How much there is of an answer that is too weak to show.</summary>
public enum Weakness : byte
{
    /// <summary>All of it: it can be shown after all if nothing better comes.</summary>
    Whole,

    /// <summary>Its beginning; the rest is not waited for.</summary>
    BrokenOff,
}
