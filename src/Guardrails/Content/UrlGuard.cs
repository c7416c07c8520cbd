namespace Gateway.Guardrails.Content;

/// <summary>Finds addresses of hosts that are not allowed.</summary>
public sealed class UrlGuard(UrlSettings settings) : IGuard
{
    public int Lookbehind => 0;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found) => throw new NotSupportedException(settings.ToString());
}
