using System.Text.Json;
using Gateway.Routing.Cascade.Schemas;

namespace Gateway.Routing.Cascade.Checks;

/// <summary>What the checks of tool calls share: one call's arguments held against the function it names.</summary>
internal static class ToolCalls
{
    /// <summary>Whether any call has a flaw of this kind; calls that do not parse or name no offered function are other checks' subject.</summary>
    public static bool HaveFlaw(DraftAnswer answer, Offer offer, SchemaFlaw flaw)
    {
        if (!MayBeJudged(answer, offer))
            return false;
        foreach (var call in answer.Calls)
        {
            if (call.Name is null || !offer.TryFind(call.Name, out var schema) || schema is null)
                continue;
            using var arguments = TryParse(call.Arguments);
            if (arguments is not null && (schema.Check(arguments.RootElement) & flaw) != 0)
                return true;
        }

        return false;
    }

    /// <summary>Whether the calls are whole, as far as the caller let them be.</summary>
    public static bool MayBeJudged(DraftAnswer answer, Offer offer) => answer.HasCalls && answer.IsWhole && !offer.HasCut(answer);

    /// <summary>The arguments; null when they are no JSON object. No arguments at all count as an empty object, as clients take them.</summary>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> arguments)
    {
        try
        {
            var document = JsonDocument.Parse(arguments.IsEmpty ? "{}"u8.ToArray() : arguments);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
