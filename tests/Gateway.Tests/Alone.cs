namespace Gateway.Tests;

/// <summary>Tests that run while no other does: they count allocations, or fill every thread of the pool, on which the sockets of others wait.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
