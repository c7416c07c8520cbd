namespace Gateway.Guardrails;

/// <summary>What a guard is told of the text that it inspects.</summary>
/// <param name="Source">Where it stands in the conversation.</param>
/// <param name="Tool">The tool's name, of arguments and definitions; else null.</param>
/// <param name="Before">Bytes of the same request, or of the same stream, that precede this text.</param>
/// <param name="Context">Bytes at the text's beginning that were inspected before and stand there as context alone.</param>
/// <param name="IsEnd">Nothing follows: what is open now stays as it is. False while a stream goes on.</param>
public readonly record struct Passage(TextSource Source, string? Tool = null, long Before = 0, int Context = 0, bool IsEnd = true);
