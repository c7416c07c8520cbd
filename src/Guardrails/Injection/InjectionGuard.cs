namespace Gateway.Guardrails.Injection;

/// <summary>Finds attempts to take over the model, direct and indirect.</summary>
public sealed class InjectionGuard(InjectionSettings settings) : IGuard
{
    public int Lookbehind => 0;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found) => throw new NotSupportedException(settings.ToString());
}
