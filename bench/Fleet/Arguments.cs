using Gateway.Bench.Fleet.Loads;
using Gateway.Routing.Balancing;

namespace Gateway.Bench.Fleet;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments
{
    public const string Usage =
        """
        fleet [pick] [--scenarios chat,agents,unique,mixed] [--policies round_robin,least_busy,prefix_hash,cost]
              [--replicas 8] [--gateways 1] [--load 1] [--seed 1] [admission]
          pick       time a pick instead
          admission  the gateways hold the queue: arrivals wait at the pool's gate and may be turned away there
        """;

    public bool TimesPicks { get; private init; }

    public IReadOnlyList<Scenario> Scenarios { get; private init; } = Scenario.All;

    public IReadOnlyList<string> Policies { get; private init; } = ["round_robin", "least_busy", "prefix_hash", "cost"];

    public int Replicas { get; private init; } = 8;

    /// <summary>Gateways that share the replicas and know of each other only by scrapes.</summary>
    public int Gateways { get; private init; } = 1;

    /// <summary>Arrivals, as a multiple of the scenario's own.</summary>
    public double Load { get; private init; } = 1;

    public int Seed { get; private init; } = 1;

    /// <summary>Whether arrivals go through the pool's gate.</summary>
    public bool Admits { get; private init; }

    /// <summary>Null where the arguments make no sense.</summary>
    public static Arguments? Read(string[] args)
    {
        var read = new Arguments();
        for (var i = 0; i < args.Length; i++)
        {
            var next = args[i] == "pick" ? read with { TimesPicks = true }
                : args[i] == "admission" ? read with { Admits = true }
                : i + 1 < args.Length ? With(read, args[i], args[++i]) : null;
            if (next is null)
                return null;
            read = next;
        }

        return read;
    }

    private static Arguments? With(Arguments read, string name, string value) => name switch
    {
        "--scenarios" when value.Split(',').All(named => Scenario.All.Any(known => known.Name == named)) =>
            read with { Scenarios = [.. Scenario.All.Where(known => value.Split(',').Contains(known.Name))] },
        "--policies" when value.Split(',').All(ReplicaPickers.Names.Contains) => read with { Policies = value.Split(',') },
        "--replicas" when int.TryParse(value, out var count) && count > 0 => read with { Replicas = count },
        "--gateways" when int.TryParse(value, out var count) && count > 0 => read with { Gateways = count },
        "--seed" when int.TryParse(value, out var seed) => read with { Seed = seed },
        "--load" when double.TryParse(value, out var load) && load > 0 => read with { Load = load },
        _ => null,
    };
}
