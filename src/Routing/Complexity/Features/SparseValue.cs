namespace Gateway.Routing.Complexity.Features;

/// <summary>One gram of a prompt and its weight in the prompt's vector.</summary>
/// <param name="Index">In [0, <see cref="Grams.Space"/>).</param>
/// <param name="Value">(1 + log count) · idf, over the damped length of its block's vector.</param>
public readonly record struct SparseValue(int Index, float Value);
