using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Checking;

/// <summary>Reads a variable.</summary>
/// <returns>Why it has no value this time; <see cref="CelFault.None"/> when it has one.</returns>
public delegate CelFault ReadVariable<TInput, T>(TInput input, out T value);
