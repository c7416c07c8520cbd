namespace Gateway.Guardrails.Content;

/// <summary>Finds texts in languages that are not allowed.</summary>
public sealed class LanguageGuard(LanguageSettings settings) : IGuard
{
    public int Lookbehind => 0;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found) => throw new NotSupportedException(settings.ToString());
}
