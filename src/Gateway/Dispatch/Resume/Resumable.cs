using Gateway.Completions;
using Gateway.Configuration;
using Gateway.Routing;

namespace Gateway.Dispatch.Resume;

/// <summary>Which streams are kept a journal of, in case their replica goes away.</summary>
internal static class Resumable
{
    /// <summary>How the exchange's streams are resumed; null when they are not.</summary>
    public static ResumeOptions? SettingsFor(Exchange exchange)
    {
        var options = exchange.Blueprint.Options;
        var settings = exchange.Route is { } route && options.Models.TryGetValue(route.Name, out var model) && model.Resume is { } own
            ? own
            : options.Resume;
        // Several answers in one stream cannot be told apart once one of them is missing its end.
        return settings.Enabled && exchange.Request is { Stream: true, Choices: 1 } ? settings : null;
    }

    /// <summary>Whether the replica is asked for its counts on each chunk, so that a cut stream is still counted exactly.</summary>
    /// <remarks>Only where it is known to go on with answers: vLLM does, and a provider that is none may refuse the field.</remarks>
    public static bool AsksRunningUsage(Exchange exchange, Replica replica) =>
        replica.Capabilities is { Continues: true } && SettingsFor(exchange) is not null;
}
