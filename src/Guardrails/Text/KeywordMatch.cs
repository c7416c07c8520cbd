namespace Gateway.Guardrails.Text;

/// <summary>An occurrence of a keyword.</summary>
/// <param name="Keyword">Its index in the list that the <see cref="KeywordIndex"/> was made of.</param>
/// <param name="Start">Where it begins, in bytes.</param>
/// <param name="Length">Its bytes.</param>
public readonly record struct KeywordMatch(int Keyword, int Start, int Length)
{
    public int End => Start + Length;
}
