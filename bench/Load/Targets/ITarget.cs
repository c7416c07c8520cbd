namespace Gateway.Bench.Load.Targets;

/// <summary>
/// A proxy that can be started in front of the simulator. A new peer is one class and one line in <see cref="TargetCatalog"/>.
/// </summary>
public interface ITarget
{
    /// <summary>The name on the command line and in the tables.</summary>
    string Name { get; }

    /// <summary>The model callers ask this target for.</summary>
    string Model { get; }

    /// <summary>Starts it; it forwards to the site's upstream.</summary>
    /// <exception cref="TargetFailedException">It is not installed, or did not come up.</exception>
    Task<RunningTarget> StartAsync(Site site);
}
