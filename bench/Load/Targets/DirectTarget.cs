namespace Gateway.Bench.Load.Targets;

/// <summary>No proxy at all: the floor that latencies are counted from.</summary>
public sealed class DirectTarget : ITarget
{
    /// <inheritdoc/>
    public string Name => TargetCatalog.Floor;

    /// <inheritdoc/>
    public string Model => SimulatorServer.Model;

    /// <inheritdoc/>
    public Task<RunningTarget> StartAsync(Site site) => Task.FromResult(new RunningTarget(this, site.UpstreamPort, null));
}
