using System.Collections.Frozen;
using Gateway.Guarding;
using Gateway.Guardrails;
using Gateway.Hosting;
using Gateway.Tests.Running;

namespace Gateway.Tests.Delivery.Guarding;

/// <summary>Policies of guards that tests bring along.</summary>
internal static class TestGuards
{
    public static GuardStep Step(IGuard guard, GuardAction action = GuardAction.Redact) => new() { Name = guard.GetType().Name, Action = action, Local = guard };

    public static GuardPolicy Policy(params GuardStep[] steps) => new("test", "1", [], [.. steps]);

    /// <summary>Puts a policy in force.</summary>
    public static void Guard(this GatewayApplication gateway, GuardPolicy policy)
    {
        var setup = new GuardSetup(policy, FrozenDictionary<string, GuardPolicy>.Empty, FrozenDictionary<string, GuardPolicy>.Empty);
        // The configuration knows no guards of tests.
        typeof(Blueprint).GetProperty(nameof(Blueprint.Guards))!.SetValue(gateway.Live.Current, setup);
    }
}
