using Gateway.Simulator;

namespace Gateway.EndToEnd.Calls;

/// <summary>Starts simulated replicas.</summary>
internal static class Replicas
{
    /// <summary>A replica that gives a token each so many milliseconds and keeps what it receives.</summary>
    public static Task<SimulatedReplica> PacedAsync(int milliseconds, int tokens, Uri? at = null)
    {
        var pace = PerformanceModel.Paced(TimeSpan.FromMilliseconds(milliseconds));
        return SimulatedReplica.StartAsync(new SimulatorOptions { Performance = pace, AnswerTokens = tokens, Listen = at, Record = true });
    }

    /// <summary>A replica that answers at once and keeps what it receives.</summary>
    public static Task<SimulatedReplica> InstantAsync() => SimulatedReplica.StartAsync(new SimulatorOptions { Record = true });

    /// <summary>The chat requests it received, without what a gateway asks of it beside them.</summary>
    public static IReadOnlyList<ReceivedRequest> Chats(this SimulatedReplica replica) =>
        [.. replica.Received.Where(request => request.Path == "/v1/chat/completions")];
}
