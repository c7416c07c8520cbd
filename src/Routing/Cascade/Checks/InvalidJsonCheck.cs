using System.Text.Json;
using Gateway.Routing.Cascade.Schemas;

namespace Gateway.Routing.Cascade.Checks;

/// <summary>The caller asked for JSON, and the answer is none or does not fit its schema.</summary>
public sealed class InvalidJsonCheck : IAnswerCheck
{
    public string Name => "json_invalid";

    public string Reason => "JSON does not validate";

    public bool Flags(DraftAnswer answer, Offer offer)
    {
        if (offer.Form == AnswerForm.Text || !answer.IsWhole || answer.HasCalls || answer.IsRefusal || offer.HasCut(answer))
            return false;
        try
        {
            using var document = JsonDocument.Parse(answer.TextMemory);
            return offer.Form == AnswerForm.JsonObject
                ? document.RootElement.ValueKind != JsonValueKind.Object
                : offer.Schema is not null && offer.Schema.Check(document.RootElement) != SchemaFlaw.None;
        }
        catch (JsonException)
        {
            return true;
        }
    }
}
