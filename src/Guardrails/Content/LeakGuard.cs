namespace Gateway.Guardrails.Content;

/// <summary>Finds answers that repeat the application's instructions.</summary>
public sealed class LeakGuard(LeakSettings settings) : IGuard
{
    public int Lookbehind => 0;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found) => throw new NotSupportedException(settings.ToString());
}
