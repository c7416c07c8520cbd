namespace Gateway.Bench.Guardrails.Injection;

/// <summary>A text, and whether it is an attack.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Family">Which kind of its source it is.</param>
/// <param name="IsIndirect">It comes from a tool or is quoted, not said by the user.</param>
/// <param name="IsAttack">What a guard is to say.</param>
/// <param name="Use">What it may be used for.</param>
/// <param name="Utf8">The text.</param>
public sealed record Example(string Source, string Family, bool IsIndirect, bool IsAttack, Use Use, byte[] Utf8);

/// <summary>What an example is for.</summary>
public enum Use
{
    Train,
    Calibrate,
    Evaluate,
}
