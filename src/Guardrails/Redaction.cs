namespace Gateway.Guardrails;

/// <summary>Bytes of a text that are replaced.</summary>
/// <param name="Text">Index of the text.</param>
/// <param name="Start">Where they begin.</param>
/// <param name="Length">How many there are.</param>
/// <param name="With">What stands in their place.</param>
public readonly record struct Redaction(int Text, int Start, int Length, string With)
{
    public int End => Start + Length;
}
