namespace Gateway.Guardrails.Content;

/// <summary>Finds prompts and answers that are too long.</summary>
public sealed class SizeGuard(SizeSettings settings) : IGuard
{
    public int Lookbehind => 0;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found) => throw new NotSupportedException(settings.ToString());
}
