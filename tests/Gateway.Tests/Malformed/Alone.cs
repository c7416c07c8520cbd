namespace Gateway.Tests.Malformed;

/// <summary>Tests that use the whole machine, and would disturb the clocks of others beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
