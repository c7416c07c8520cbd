using Gateway.Configuration;
using Gateway.Simulator;

namespace Gateway.Hosting;

/// <summary><c>--demo</c>: two pools of simulated replicas on loopback, ready in a second, nothing to configure.</summary>
public static class Demo
{
    private const string Small = "Qwen/Qwen3-8B";
    private const string Large = "zai-org/GLM-5-FP8";

    private const string Try = """

        The demo is ready: pools slm and llm, two simulated vLLM replicas each. The answers are made up, the routing is real.

          An easy prompt goes to slm:
            curl -si localhost:8080/v1/chat/completions -H 'Content-Type: application/json' \
              -d '{"model":"auto","messages":[{"role":"user","content":"What is the capital of France?"}]}'

          A hard one goes to llm, streamed:
            curl -siN localhost:8080/v1/chat/completions -H 'Content-Type: application/json' \
              -d '{"model":"auto","stream":true,"messages":[{"role":"user","content":"Prove step by step that the square root of 2 is irrational, and explain why the proof fails for 4."}]}'

          What there is to ask for:
            curl -s localhost:8080/v1/models

        There are no tenants: whoever reaches the port may use it. Ctrl+C ends the demo.

        """;

    public static async Task<int> RunAsync()
    {
        await using var small1 = await StartAsync(Small, PerformanceModel.Small8B);
        await using var small2 = await StartAsync(Small, PerformanceModel.Small8B);
        await using var large1 = await StartAsync(Large, PerformanceModel.Large744B);
        await using var large2 = await StartAsync(Large, PerformanceModel.Large744B);
        await using var app = GatewayHost.Build(Options([small1.Address, small2.Address], [large1.Address, large2.Address]));
        return await Commands.RunAsync(app, () => Console.Out.WriteLine(Try));
    }

    /// <summary>The demo's configuration; what it leaves out is the file's default.</summary>
    public static GatewayOptions Options(IReadOnlyList<Uri> small, IReadOnlyList<Uri> large) => new()
    {
        Pools = new Dictionary<string, PoolOptions>
        {
            ["slm"] = new()
            {
                Model = Small, Replicas = small, ContextTokens = 32768, Price = new PriceOptions { Input = 0.05m, Output = 0.20m, CachedInput = 0.01m },
            },
            ["llm"] = new()
            {
                Model = Large, Replicas = large, ContextTokens = 131072, Price = new PriceOptions { Input = 0.60m, Output = 2.20m, CachedInput = 0.11m },
            },
        },
        Models = new Dictionary<string, ModelOptions>
        {
            ["auto"] = new() { Cascade = new CascadeOptions { Pools = ["slm", "llm"] } },
            ["qwen3-8b"] = new() { Pool = "slm" },
            ["glm-5"] = new() { Pool = "llm" },
        },
        Aliases = new Dictionary<string, string> { ["gpt-*"] = "auto" },
    };

    private static Task<SimulatedReplica> StartAsync(string model, PerformanceModel performance) =>
        SimulatedReplica.StartAsync(new SimulatorOptions { Model = model, Performance = performance });
}
