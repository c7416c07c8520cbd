namespace Gateway.Guardrails;

/// <summary>Something that a guard saw. It names the kind, never the text.</summary>
/// <param name="Label">The kind, in lower case and underscores: <c>email</c>, <c>kr_rrn</c>, <c>prompt_injection</c>.</param>
/// <param name="Start">Where it begins, in bytes.</param>
/// <param name="Length">Its bytes; 0 when it concerns the text as a whole.</param>
/// <param name="Score">How sure the guard is, in (0, 1].</param>
public readonly record struct Finding(string Label, int Start, int Length, float Score = 1)
{
    public int End => Start + Length;
}
