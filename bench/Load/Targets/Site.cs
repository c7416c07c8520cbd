namespace Gateway.Bench.Load.Targets;

/// <summary>What a target needs to know to start.</summary>
/// <param name="Layout">Where the programs lie.</param>
/// <param name="UpstreamPort">Loopback port of the simulator.</param>
/// <param name="Folder">For its configuration and log.</param>
public sealed record Site(Layout Layout, int UpstreamPort, string Folder)
{
    /// <summary>Address of the simulator.</summary>
    public Uri Upstream => new($"http://127.0.0.1:{UpstreamPort}");

    /// <summary>A file in the folder.</summary>
    public string File(string name) => Path.Combine(Folder, name);
}
