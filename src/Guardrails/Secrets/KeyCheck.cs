namespace Gateway.Guardrails.Secrets;

/// <summary>Whether what follows a key's prefix is what the vendor's keys have there.</summary>
internal delegate bool KeyCheck(ReadOnlySpan<byte> key);
