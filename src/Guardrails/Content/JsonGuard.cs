namespace Gateway.Guardrails.Content;

/// <summary>Finds answers that are not the JSON they have to be.</summary>
public sealed class JsonGuard(JsonSettings settings) : IGuard
{
    public int Lookbehind => 0;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found) => throw new NotSupportedException(settings.ToString());
}
