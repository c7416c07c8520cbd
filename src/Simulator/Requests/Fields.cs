using System.Text.Json;

namespace Gateway.Simulator.Requests;

/// <summary>Reads typed values; the first that does not fit becomes <see cref="Failure"/>.</summary>
internal sealed class Fields
{
    public Failure? Failure { get; private set; }

    public bool Refuse(Failure failure)
    {
        Failure ??= failure;
        return false;
    }

    public bool Flag(in JsonProperty field) => field.Value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Null => false,
        _ => Refuse(Failure.Body("bool_parsing", field.Name, "Input should be a valid boolean, unable to interpret input")),
    };

    public int? Count(in JsonProperty field)
    {
        if (field.Value.ValueKind == JsonValueKind.Null) return null;
        if (field.Value.ValueKind == JsonValueKind.Number && field.Value.TryGetInt32(out var number)) return number;
        if (field.Value.ValueKind == JsonValueKind.String && int.TryParse(field.Value.GetString(), out number)) return number;
        Refuse(Failure.Body("int_parsing", field.Name, "Input should be a valid integer, unable to parse input as an integer"));
        return null;
    }

    public string? Text(in JsonProperty field)
    {
        if (field.Value.ValueKind == JsonValueKind.String) return field.Value.GetString();
        if (field.Value.ValueKind != JsonValueKind.Null)
            Refuse(Failure.Body("string_type", field.Name, "Input should be a valid string"));
        return null;
    }
}
