using Gateway.Configuration;
using Gateway.Routing.Admission;
using Gateway.Simulator;

namespace Gateway.Tests.Running.Admission;

/// <summary>A gateway whose replicas take one request at a time, and what occupies one.</summary>
internal static class BusyGateway
{
    /// <summary>A token every 20 ms, so that an answer's length in tokens is how long its place is held.</summary>
    private static readonly SimulatorOptions Slow = new() { Performance = PerformanceModel.Paced(TimeSpan.FromMilliseconds(20)) };

    public static Task<GatewayApplication> StartAsync(
        int queue = 8, double timeout = 20, int slm = 1, Func<GatewayOptions, GatewayOptions>? options = null, AdmissionOptions? admission = null) =>
        GatewayApplication.StartAsync(
            slm: slm,
            pool: pool => pool with
            {
                Balancing = "round_robin",
                Admission = admission ?? new AdmissionOptions { InFlightPerReplica = 1, Queue = queue, QueueTimeout = TimeSpan.FromSeconds(timeout) },
            },
            options: options,
            replica: Slow);

    public static AdmissionGate Gate(this GatewayApplication gateway, string pool = "slm") =>
        gateway.Live.Current.Upstreams.Single(upstream => upstream.Pool.Name == pool).Gate;

    /// <summary>An answer of so many tokens is under way, and its place held.</summary>
    public static async Task<HttpResponseMessage> OccupyAsync(this GatewayApplication gateway, int tokens, string model = "small", int ordinal = 1)
    {
        var response = await gateway.ChatAsync(Body(tokens, stream: true, model));
        Assert.Equal(ordinal, gateway.Gate(model == "small" ? "slm" : "llm").InFlight);
        return response;
    }

    public static string Body(int tokens, bool stream = false, string model = "small", string? more = null) =>
        Ask.Chat(stream, model, more: $"\"vllm_xargs\":{{\"sim_tokens\":{tokens}}}{(more is null ? "" : "," + more)}");
}
