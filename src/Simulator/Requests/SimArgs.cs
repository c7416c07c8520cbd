namespace Gateway.Simulator.Requests;

/// <summary>The simulator's own arguments, in <c>vllm_xargs</c>.</summary>
/// <param name="Answer">Text to answer with.</param>
/// <param name="Reasoning">Thought before it.</param>
/// <param name="Tokens">Generated tokens of the answer, the end-of-turn token included.</param>
/// <param name="Tool">Function to call although nothing asks for it.</param>
/// <param name="Arguments">Arguments to call it with, as they stand; the function then need not be offered.</param>
/// <param name="Confidence">Typical probability of a generated token, 0 to 1.</param>
internal readonly record struct SimArgs(string? Answer, string? Reasoning, int? Tokens, string? Tool, string? Arguments, double? Confidence);
