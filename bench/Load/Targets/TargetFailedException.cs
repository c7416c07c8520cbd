namespace Gateway.Bench.Load.Targets;

/// <summary>A process under test did not come up; the message says what to look at.</summary>
public sealed class TargetFailedException(string message) : Exception(message);
