using System.Globalization;
using System.Text.Json.Nodes;

namespace Gateway.Configuration.Reading;

/// <summary>Describes options records as JSON schemas; every record but the first becomes a definition.</summary>
internal sealed class SchemaOfRecords(KnownPolicies known, IDictionary<string, JsonNode> definitions)
{
    public JsonObject Object(Type record)
    {
        var shape = OptionShape.Of(record);
        var defaults = shape.Create();
        var properties = new JsonObject();
        foreach (var member in shape.Members)
        {
            properties[member.Key] = Member(member, member.Property.GetValue(defaults));
        }

        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false };
        var required = shape.Members.Where(member => member.IsRequired).Select(member => JsonValue.Create(member.Key)).ToArray<JsonNode?>();
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray(required);
        }

        schema["properties"] = properties;
        if (shape.OneOf.Count > 0)
        {
            schema["oneOf"] = new JsonArray([.. shape.OneOf.Select(key => new JsonObject { ["required"] = new JsonArray(key) })]);
        }

        return schema;
    }

    private JsonObject Member(OptionMember member, object? value)
    {
        var schema = new JsonObject { ["description"] = member.Description };
        if (!member.IsRequired && Default(value) is { } given)
        {
            schema["default"] = given;
        }

        foreach (var (key, node) in Value(member.Property.PropertyType, member).ToArray())
        {
            schema[key] = node?.DeepClone();
        }

        return schema;
    }

    private JsonObject Value(Type type, OptionMember member)
    {
        if (OptionShape.ItemOf(type) is { } item)
        {
            var list = new JsonObject { ["type"] = "array", ["items"] = Value(item, member), ["uniqueItems"] = true };
            if (member.MinItems > 0)
            {
                list["minItems"] = member.MinItems;
            }

            return member.IsOneOrMany ? new JsonObject { ["anyOf"] = new JsonArray(Value(item, member), list) } : list;
        }

        if (OptionShape.ValueOf(type) is { } value)
        {
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = Value(value, member) };
        }

        return OptionShape.IsRecord(type) ? Record(type) : Scalar(Nullable.GetUnderlyingType(type) ?? type, member);
    }

    // A reference beside other keywords is ignored by draft-07 readers, so it stands in an allOf.
    private JsonObject Record(Type type)
    {
        var name = type.Name.Replace("Options", "", StringComparison.Ordinal).ToLowerInvariant();
        if (definitions.TryAdd(name, new JsonObject()))
        {
            definitions[name] = Object(type);
        }

        return new JsonObject { ["allOf"] = new JsonArray(Reference(name)) };
    }

    private JsonObject Scalar(Type type, OptionMember member)
    {
        if (member.Policy is { } kind)
        {
            var names = known.Of(kind).Select(name => JsonValue.Create(name)).ToArray<JsonNode?>();
            return OrVariable(new JsonObject { ["enum"] = new JsonArray(names) });
        }

        if (type == typeof(TimeSpan))
        {
            return new JsonObject { ["allOf"] = new JsonArray(Reference("duration")) };
        }

        if (type == typeof(Uri))
        {
            return OrVariable(new JsonObject { ["type"] = "string", ["pattern"] = member.IsListener ? "^http://" : "^https?://" });
        }

        if (type == typeof(bool))
        {
            return OrVariable(new JsonObject { ["type"] = "boolean" });
        }

        return ScalarReader.IsNumber(type) ? Number(type, member) : new JsonObject { ["type"] = "string", ["minLength"] = 1 };
    }

    private static JsonObject Number(Type type, OptionMember member)
    {
        var whole = type == typeof(int) || type == typeof(long);
        var (least, most) = member.Bounds(type);
        var number = new JsonObject { ["type"] = whole ? "integer" : "number", ["minimum"] = least, ["maximum"] = most };
        return member.IsByteSize
            ? OrVariable(number, new JsonObject { ["type"] = "string", ["pattern"] = ByteSize.Pattern })
            : OrVariable(number);
    }

    private static JsonObject OrVariable(params JsonNode?[] forms) =>
        new() { ["anyOf"] = new JsonArray([.. forms, Reference("variable")]) };

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/definitions/{name}" };

    /// <summary>A default as the file would write it; null for records, for empty collections and for what has none.</summary>
    private static JsonValue? Default(object? value) => value switch
    {
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        TimeSpan time => JsonValue.Create(Duration.Write(time)),
        Uri address => JsonValue.Create(address.OriginalString),
        int or long or double or decimal => JsonValue.Create(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        _ => null,
    };
}
