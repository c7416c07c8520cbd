using System.Text.Json;

namespace Gateway.Simulator.Requests;

/// <summary>What the answer's form is bound to.</summary>
internal static class ConstraintReader
{
    public static void ResponseFormat(JsonElement format, Ask ask, Fields fields)
    {
        if (!format.TryGetProperty("type"u8, out var type)) return;
        if (type.ValueEquals("json_object"u8)) ask.JsonObject = true;
        if (!type.ValueEquals("json_schema"u8)) return;
        if (!format.TryGetProperty("json_schema"u8, out var named) || named.ValueKind != JsonValueKind.Object)
            fields.Refuse(Failure.Rule("response_format", "When response_format type is 'json_schema', the 'json_schema' field must be provided."));
        else if (named.TryGetProperty("schema"u8, out var schema)) ask.Schema = schema;
        else ask.JsonObject = true;
    }

    public static void StructuredOutputs(JsonElement outputs, Ask ask, Fields fields)
    {
        var kinds = 0;
        if (Has(outputs, "json", out var json))
        {
            kinds++;
            ask.Schema = json;
        }
        if (Has(outputs, "regex", out _)) kinds++;
        if (Has(outputs, "choice", out var choices))
        {
            kinds++;
            if (choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0) ask.FixedChoice = choices[0].ToString();
        }
        if (Has(outputs, "json_object", out var any) && any.ValueKind == JsonValueKind.True) ask.JsonObject = true;
        if (kinds > 1)
            fields.Refuse(Failure.Rule(null, "You can only use one kind of constraints for structured outputs ('json', 'regex' or 'choice')."));
    }

    private static bool Has(JsonElement outputs, string name, out JsonElement value) =>
        outputs.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
}
