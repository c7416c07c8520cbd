namespace Gateway.Bench.Load.Targets;

/// <summary>Where things lie.</summary>
/// <param name="Root">The repository.</param>
/// <param name="GatewayDll">The gateway under test.</param>
/// <param name="SimulatorDll">The upstream of all targets.</param>
public sealed record Layout(string Root, string GatewayDll, string SimulatorDll)
{
    /// <summary>Project folders that are built before a run, relative to the root.</summary>
    public static IReadOnlyList<string> Projects { get; } = ["src/Simulator", "src/Gateway", "bench/Peers/BareYarp"];

    /// <summary>The yardstick.</summary>
    public string BareYarpDll => Output("bench/Peers/BareYarp", "Gateway.Bench.BareYarp.dll");

    /// <summary>Reports.</summary>
    public string Reports => Path.Combine(Root, "artifacts", "bench");

    /// <summary>Logs and generated configuration of the processes under test.</summary>
    public string Work => Path.Combine(Reports, "work");

    /// <summary>The layout of the repository this program was built in.</summary>
    /// <exception cref="DirectoryNotFoundException">It was moved out of the repository.</exception>
    public static Layout Find(BenchOptions options)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Gateway.sln")))
        {
            root = root.Parent ?? throw new DirectoryNotFoundException($"no Gateway.sln above {AppContext.BaseDirectory}");
        }

        var layout = new Layout(root.FullName, "", "");
        return layout with
        {
            GatewayDll = options.Gateway ?? layout.Output("src/Gateway", "Gateway.dll"),
            SimulatorDll = options.Simulator ?? layout.Output("src/Simulator", "Gateway.Simulator.dll"),
        };
    }

    private string Output(string project, string file) => Path.Combine(Root, project, "bin", "Release", "net10.0", file);
}
