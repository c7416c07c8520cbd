using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Gateway.Configuration;

/// <summary>How much is believed of probes, and how newcomers begin.</summary>
public sealed record HealthOptions
{
    [Description("Share of a pool's replicas below which the reachable ones are too few to be believed: probes are then ignored and all are tried that do not drain. 0: never.")]
    [Range(0, 1)]
    public double Panic { get; init; } = 0.5;

    [Description("How long a replica that is new or back takes to get its full share of the requests. 1ms: as good as none.")]
    public TimeSpan SlowStart { get; init; } = TimeSpan.FromSeconds(10);
}
