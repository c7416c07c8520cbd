using Gateway.Simulator;

namespace Gateway.EndToEnd.Processes;

/// <summary>The text of a <c>gateway.yaml</c>.</summary>
internal static class GatewayYaml
{
    /// <summary>One pool that answers to its own name.</summary>
    /// <param name="replicas">What serves it.</param>
    /// <param name="timeouts">Its timeouts, such as <c>idle: 1s</c>; probes are quick whatever is given.</param>
    /// <param name="name">Its name, and that of the model callers ask for.</param>
    public static string Pool(IEnumerable<SimulatedReplica> replicas, string timeouts = "", string name = "chat") =>
        Pool(replicas.Select(replica => replica.Address), timeouts, name);

    public static string Pool(IEnumerable<Uri> replicas, string timeouts = "", string name = "chat") => $$"""
        pools:
          {{name}}:
            model: {{Served}}
            replicas: [{{string.Join(", ", replicas.Select(address => $"\"{address}\""))}}]
            timeouts: { {{timeouts}} }
            probe: { interval: 300ms, timeout: 5s }

        """;

    /// <summary>The model that simulated replicas serve by default.</summary>
    public static string Served => new SimulatorOptions().Model;
}
