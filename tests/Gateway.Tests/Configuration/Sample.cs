using Gateway.Configuration;

namespace Gateway.Tests.Configuration;

/// <summary>What the configuration tests share: policies that exist, an environment, and the files at the repository's root.</summary>
internal static class Sample
{
    public const string Key = "sk-very-secret-4711";

    /// <summary>The smallest file that can be served.</summary>
    public const string Smallest = "pools:\n  slm:\n    model: m\n    replicas: [http://10.0.1.4:8000]\n";

    public static readonly KnownPolicies Known = Gateway.Hosting.Policies.Known;

    public static string Root { get; } = FindRoot();

    public static string ExamplePath { get; } = Path.Combine(Root, "gateway.example.yaml");

    public static string Example { get; } = File.ReadAllText(ExamplePath);

    public static string? Environment(string name) => name == "OVERFLOW_API_KEY" ? Key : null;

    public static ConfigLoad Parse(string text, Func<string, string?>? environment = null) =>
        GatewayConfig.Parse(text, Known, environment ?? Environment);

    public static GatewayOptions Valid(string text, Func<string, string?>? environment = null)
    {
        var load = Parse(text, environment);
        Assert.Equal([], load.Errors);
        return load.Options!;
    }

    public static IReadOnlyList<string> Errors(string text, Func<string, string?>? environment = null) =>
        [.. Parse(text, environment).Errors.Select(error => error.ToString())];

    /// <summary>The one error of the text.</summary>
    public static string Error(string text, Func<string, string?>? environment = null) => Assert.Single(Errors(text, environment));

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Gateway.sln")))
        {
            at = at.Parent!;
        }

        return at.FullName;
    }
}
