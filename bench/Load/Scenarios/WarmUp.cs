namespace Gateway.Bench.Load.Scenarios;

/// <summary>What a fresh target is sent until its tiered compilation has settled.</summary>
/// <param name="Requests">How many requests.</param>
/// <param name="Concurrency">How many at once.</param>
/// <param name="Tokens">Length of each answer.</param>
public sealed record WarmUp(int Requests, int Concurrency, int Tokens);
