using System.Collections.Immutable;
using Gateway.Routing.Cascade;

namespace Gateway.Routing.Rules;

/// <summary>Where a rule sends a request: to pools in an order, or to a model that is then routed as if it had been asked for.</summary>
/// <param name="Name">As the configuration names it.</param>
/// <param name="Pools">The pools; empty for a model.</param>
/// <param name="Model">The model; null for pools.</param>
public sealed record RuleTarget(string Name, ImmutableArray<Pool> Pools, ModelRoute? Model);

/// <summary>A target with its part of the conversations that a rule splits.</summary>
/// <param name="Target">The target.</param>
/// <param name="UpTo">Where its part ends, in (0, 1]; it begins where the one before ends.</param>
public sealed record RuleShare(RuleTarget Target, double UpTo);

/// <summary>How a rule turns a request away.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Message">What the caller reads.</param>
public sealed record RuleRejection(int Status, string Message);
