using Gateway.Bench.Caching.Pairs;

namespace Gateway.Bench.Caching.Judging;

/// <summary>A pair with all that is measured of it.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Table">Cosine of the two asks by the table.</param>
/// <param name="Encoder">Cosine of the two asks by the encoder.</param>
/// <param name="Difference">Where the comparison says they differ; null nowhere.</param>
/// <param name="WholeTranscript">Cosine by the encoder of system prompt and ask run together.</param>
/// <param name="RolePrefixed">The same of "role: text" lines in lower case.</param>
public sealed record Scored(AskPair Pair, float Table, float Encoder, string? Difference, float WholeTranscript, float RolePrefixed);
