using Gateway.Completions;
using Gateway.Protocol;
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

    /// <summary>Whether the replica is asked for the ids of all tokens.</summary>
    /// <remarks>Only where it is known to have them and to take them back; a caller who forbids it, or wants what goes with no ids, gets none.</remarks>
    public static bool AsksTokenIds(Exchange exchange, Replica replica) =>
        exchange.Route!.ResumesExactly && MostFor(exchange) > 0 && replica.Capabilities is { ReturnsTokenIds: true }
        && TokenIdsSwitch.CanTurnOn(exchange.Body!.Span, exchange.Request!);

    /// <summary>What of a stream only we ask for.</summary>
    public static HiddenParts HiddenIn(Exchange exchange, bool asksUsage, bool asksIds)
    {
        var (request, hidden) = (exchange.Request!, HiddenParts.None);
        if (asksUsage && !request.AsksRunningUsage)
            hidden |= HiddenParts.RunningUsage;
        if (!asksIds)
            return hidden;
        var body = exchange.Body!.Span;
        if (!TokenIdsSwitch.IsTurnedOn(body, request))
            hidden |= HiddenParts.PromptTokenIds | HiddenParts.TokenIds;
        // Where the thought is left out, vLLM tells no ids either.
        return TokenIdsSwitch.LeavesThoughtOut(body, request) ? hidden | HiddenParts.Thought | HiddenParts.TokenIds : hidden;
    }
}
