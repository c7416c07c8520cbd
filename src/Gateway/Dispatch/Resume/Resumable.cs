using Gateway.Completions;
using Gateway.Routing;

namespace Gateway.Dispatch.Resume;

/// <summary>Which streams are kept a journal of, in case their replica goes away.</summary>
internal static class Resumable
{
    /// <summary>Times that the exchange's stream may go on at another replica.</summary>
    /// <remarks>Several answers in one stream cannot be told apart once one of them is missing its end.</remarks>
    public static int MostFor(Exchange exchange) => exchange.Request is { Stream: true, Choices: 1 } ? exchange.Route!.MostResumes : 0;

    /// <summary>Whether the replica is asked for its counts on each chunk, so that a cut stream is still counted exactly.</summary>
    /// <remarks>Only where it is known to go on with answers: vLLM does, and a provider that is none may refuse the field.</remarks>
    public static bool AsksRunningUsage(Exchange exchange, Replica replica) =>
        replica.Capabilities is { Continues: true } && MostFor(exchange) > 0;
}
