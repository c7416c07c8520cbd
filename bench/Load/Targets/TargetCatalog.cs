using System.Collections.Frozen;

namespace Gateway.Bench.Load.Targets;

/// <summary>The targets by name.</summary>
public static class TargetCatalog
{
    /// <summary>The target that latencies are counted from.</summary>
    public const string Floor = "direct";

    /// <summary>The target that the others are divided by.</summary>
    public const string Yardstick = "bare-yarp";

    /// <summary>The yardstick with the one runtime setting that the gateway ships with: idle pool threads sleep instead of spinning.</summary>
    private const string QuietYardstick = "quiet-yarp";

    private static readonly FrozenDictionary<string, ITarget> ByName =
        new ITarget[]
        {
            new DirectTarget(), new NginxTarget(), new BareYarpTarget(Yardstick),
            new BareYarpTarget(QuietYardstick, "DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0"),
            new GatewayTarget("gateway"), new GatewayTarget("gateway-guarded", GatewayTarget.Guards),
        }.ToFrozenDictionary(t => t.Name);

    /// <summary>The names, in the order they take turns.</summary>
    public static IReadOnlyList<string> Names { get; } = [Floor, "nginx", Yardstick, QuietYardstick, "gateway", "gateway-guarded"];

    /// <summary>The one of that name.</summary>
    public static ITarget Get(string name) => ByName[name];
}
