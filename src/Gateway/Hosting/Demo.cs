using Gateway.Configuration;
using Gateway.Simulator;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Hosting;

/// <summary><c>--demo</c>: two pools of simulated replicas on loopback, ready in a second, nothing to configure.</summary>
public static class Demo
{
    private const string Small = "Qwen/Qwen3-8B";
    private const string Large = "zai-org/GLM-5-FP8";

    private const string Try = """

        The demo is ready: pools slm and llm, two simulated vLLM replicas each. The answers are made up, the routing is real.

          An easy prompt goes to slm:
            curl -si {callers}/v1/chat/completions -H 'Content-Type: application/json' \
              -d '{"model":"auto","messages":[{"role":"user","content":"What is the capital of France?"}]}'

          A hard one goes to llm, streamed:
            curl -siN {callers}/v1/chat/completions -H 'Content-Type: application/json' \
              -d '{"model":"auto","stream":true,"messages":[{"role":"user","content":"Implement a lock-free queue in Python, with tests that find a lost update, and explain each step."}]}'

          What is private stays here; the header x-gateway-guard says what was found:
            curl -si {callers}/v1/chat/completions -H 'Content-Type: application/json' \
              -d '{"model":"auto","messages":[{"role":"user","content":"Write to bob@example.com that his card 4111 1111 1111 1111 was charged."}]}'

          What there is to ask for:
            curl -s {callers}/v1/models

        Health and metrics are on {admin}. There are no tenants: whoever reaches the port may use it. Ctrl+C ends the demo.

        """;

    /// <param name="server">Where to listen, and the defaults for the rest.</param>
    public static async Task<int> RunAsync(ServerOptions server)
    {
        await using var small1 = await StartAsync(Small, PerformanceModel.Small8B);
        await using var small2 = await StartAsync(Small, PerformanceModel.Small8B);
        await using var large1 = await StartAsync(Large, PerformanceModel.Large744B);
        await using var large2 = await StartAsync(Large, PerformanceModel.Large744B);
        var options = Options([small1.Address, small2.Address], [large1.Address, large2.Address]) with { Server = server };
        await using var app = GatewayHost.Build(options);
        return await Commands.RunAsync(app, () => Console.Out.WriteLine(Invitation(app)));
    }

    /// <summary>The demo's configuration; what it leaves out is the file's default.</summary>
    public static GatewayOptions Options(IReadOnlyList<Uri> small, IReadOnlyList<Uri> large) => new()
    {
        Pools = new Dictionary<string, PoolOptions>
        {
            ["slm"] = new()
            {
                Model = Small,
                Replicas = small,
                ContextTokens = 32768,
                Price = new PriceOptions { Input = 0.05m, Output = 0.20m, CachedInput = 0.01m },
            },
            ["llm"] = new()
            {
                Model = Large,
                Replicas = large,
                ContextTokens = 131072,
                Price = new PriceOptions { Input = 0.60m, Output = 2.20m, CachedInput = 0.11m },
            },
        },
        Models = new Dictionary<string, ModelOptions>
        {
            ["auto"] = new() { Cascade = new CascadeOptions { Pools = ["slm", "llm"] } },
            ["qwen3-8b"] = new() { Pool = "slm" },
            ["glm-5"] = new() { Pool = "llm" },
        },
        Aliases = new Dictionary<string, string> { ["gpt-*"] = "auto" },
        Guardrails = new GuardrailOptions
        {
            Input =
            [
                new() { Guard = "secrets", Action = "redact" },
                new() { Guard = "pii", Action = "redact", Restore = true },
                new() { Guard = "injection", Action = "flag" },
            ],
            Output = [new() { Guard = "secrets", Action = "redact" }],
            OtherRoutes = GuardrailOptions.Pass,
        },
        State = new StateOptions { Directory = StateOptions.Memory },
    };

    private static string Invitation(WebApplication app)
    {
        var bound = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        return Try.Replace("{callers}", Reach(bound.First()), StringComparison.Ordinal)
            .Replace("{admin}", Reach(bound.Last()), StringComparison.Ordinal);
    }

    /// <summary>The address as one on this machine types it: what listens everywhere is reached at localhost.</summary>
    private static string Reach(string bound)
    {
        var address = new Uri(bound);
        return address.Host is "0.0.0.0" or "[::]" ? $"localhost:{address.Port}" : address.Authority;
    }

    private static Task<SimulatedReplica> StartAsync(string model, PerformanceModel performance) =>
        SimulatedReplica.StartAsync(new SimulatorOptions { Model = model, Performance = performance });
}
