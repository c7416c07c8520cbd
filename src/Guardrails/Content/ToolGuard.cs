namespace Gateway.Guardrails.Content;

/// <summary>Finds tools that are not allowed, and arguments that they do not take.</summary>
public sealed class ToolGuard(ToolSettings settings) : IGuard
{
    public int Lookbehind => 0;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found) => throw new NotSupportedException(settings.ToString());
}
