using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Gateway.Configuration;
using Gateway.Simulator;

namespace Gateway.Tests.Running.Cascade;

/// <summary>A gateway whose model starts at the small pool, whose answers are judged; the model's name is the test's own, for its metrics.</summary>
internal static class JudgingGateway
{
    public const string Weather =
        """[{"type":"function","function":{"name":"weather","parameters":{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"}},"required":["city"]}}}]""";

    public static Task<GatewayApplication> StartAsync(
        string model, VerifyOptions? verify = null, SimulatorOptions? replica = null, TimeSpan? heartbeat = null, Func<PoolOptions, PoolOptions>? pool = null, int slm = 1) =>
        GatewayApplication.StartAsync(slm: slm, llm: 1, pool: pool, replica: replica, options: options => options with
        {
            Server = options.Server with { Heartbeat = heartbeat ?? options.Server.Heartbeat },
            Retries = new RetryOptions { AttemptsPerPool = 1 },
            Pools = options.Pools.ToDictionary(
                pair => pair.Key,
                pair => pair.Value with { Price = pair.Key == "slm" ? new PriceOptions { Input = 1, Output = 2 } : new PriceOptions { Input = 10, Output = 20 } }),
            Models = new Dictionary<string, ModelOptions>
            {
                [model] = new()
                {
                    Cascade = new CascadeOptions { Pools = ["slm", "llm"], Threshold = 1 },
                    Verify = verify ?? new VerifyOptions(),
                },
            },
            Aliases = new Dictionary<string, string>(),
        });

    /// <summary>What the simulated model shall answer, sure or unsure of its tokens.</summary>
    public static string Script(string answer, double confidence = 0.95, string more = "") =>
        $$"""
        "vllm_xargs":{"sim_answer":{{System.Text.Json.JsonSerializer.Serialize(answer)}},"sim_confidence":{{confidence.ToString(CultureInfo.InvariantCulture)}}}{{more}}
        """;

    /// <summary>A call that the simulated model shall make, of the tools of <see cref="Weather"/>.</summary>
    public static string Call(string function, string arguments) =>
        $$"""
        "tools":{{Weather}},"vllm_xargs":{"sim_tool":"{{function}}","sim_arguments":{{System.Text.Json.JsonSerializer.Serialize(arguments)}},"sim_confidence":0.95}
        """;

    public static string Route(HttpResponseMessage response) => ChatTests.Header(response, "x-gateway-route");

    /// <summary>A counter's value; 0 when it is not there.</summary>
    public static async Task<double> MetricAsync(GatewayApplication gateway, string series)
    {
        await gateway.Log.RequestAsync();
        using var admin = new HttpClient();
        var metrics = await admin.GetStringAsync(new Uri(gateway.Admin, "metrics"), TestContext.Current.CancellationToken);
        var line = Regex.Match(metrics, $"^{Regex.Escape(series)} (.+)$", RegexOptions.Multiline);
        return line.Success ? double.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>Bodies of the chat requests that a replica was sent.</summary>
    public static IReadOnlyList<string> Sent(SimulatedReplica replica) =>
        [.. replica.Received.Where(request => request.Path == "/v1/chat/completions").Select(request => Encoding.UTF8.GetString(request.Body.Span))];
}
