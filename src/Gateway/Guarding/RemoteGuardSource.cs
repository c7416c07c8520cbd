using Gateway.Configuration;
using Gateway.Guardrails;

namespace Gateway.Guarding;

/// <summary>Makes the guard of a configuration that asks someone else: a model on a pool, a webhook, Presidio.</summary>
/// <param name="name">The guard's name.</param>
/// <param name="options">Its settings, of which one of <c>model</c>, <c>webhook</c> and <c>presidio</c> is given.</param>
public delegate IRemoteGuard RemoteGuardSource(string name, GuardOptions options);
