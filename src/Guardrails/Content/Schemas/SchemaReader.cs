using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gateway.Guardrails.Content.Schemas;

/// <summary>Reads a schema into nodes; used once.</summary>
internal sealed class SchemaReader(JsonElement document)
{
    private readonly Dictionary<string, SchemaNode> _byPlace = [];

    public SchemaNode Read() => Read(document, "#");

    private SchemaNode Read(JsonElement schema, string place)
    {
        if (_byPlace.TryGetValue(place, out var known))
            return known;
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return _byPlace[place] = new SchemaNode { Always = schema.ValueKind == JsonValueKind.True };
        if (schema.ValueKind != JsonValueKind.Object)
            throw Wrong(place, "a schema is an object, true or false");
        // Known before it is complete: what it refers to may refer to it.
        var node = _byPlace[place] = new SchemaNode();
        foreach (var keyword in schema.EnumerateObject())
        {
            var at = $"{place}/{keyword.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
            if (!TakeCore(node, keyword, at) && !TakeValidation(node, keyword, at) && !TakeApplicator(node, keyword, at) && !TakeMembers(node, keyword, at))
                throw Wrong(at, "this keyword is not known here, and what is not known cannot be checked");
        }

        return node;
    }

    private bool TakeCore(SchemaNode node, JsonProperty keyword, string at)
    {
        switch (keyword.Name)
        {
            case "$ref":
                node.Reference = Follow(Text(keyword.Value, at), at);
                return true;
            case "$defs" or "definitions":
                _ = Map(keyword.Value, at);
                return true;
            case "$id" when at != "#/$id":
                return false;
            case "$id" or "$schema" or "$comment" or "title" or "description" or "default" or "deprecated" or "readOnly" or "writeOnly" or "examples"
                or "format" or "contentEncoding" or "contentMediaType" or "contentSchema":
                return true;
            default:
                return keyword.Name.StartsWith("x-", StringComparison.Ordinal);
        }
    }

    private static bool TakeValidation(SchemaNode node, JsonProperty keyword, string at)
    {
        var value = keyword.Value;
        switch (keyword.Name)
        {
            case "type": node.Types = Types(value, at); break;
            case "const": node.Constant = value; break;
            case "enum": node.OneOfValues = [.. List(value, at)]; break;
            case "multipleOf": node.MultipleOf = Positive(value, at); break;
            case "minimum": node.Number.Least = Number(value, at); break;
            case "maximum": node.Number.Most = Number(value, at); break;
            case "exclusiveMinimum": node.Number.Above = Number(value, at); break;
            case "exclusiveMaximum": node.Number.Below = Number(value, at); break;
            case "minLength": node.Text.Least = Count(value, at); break;
            case "maxLength": node.Text.Most = Count(value, at); break;
            case "minItems": node.Items.Least = Count(value, at); break;
            case "maxItems": node.Items.Most = Count(value, at); break;
            case "minContains": node.Contained.Least = Count(value, at); break;
            case "maxContains": node.Contained.Most = Count(value, at); break;
            case "minProperties": node.Members.Least = Count(value, at); break;
            case "maxProperties": node.Members.Most = Count(value, at); break;
            case "uniqueItems": node.HasUniqueItems = Boolean(value, at); break;
            case "pattern": node.Pattern = Pattern(Text(value, at), at); break;
            default: return false;
        }

        return true;
    }

    private bool TakeApplicator(SchemaNode node, JsonProperty keyword, string at)
    {
        var value = keyword.Value;
        switch (keyword.Name)
        {
            case "allOf": node.All = Schemas(value, at); break;
            case "anyOf": node.AnyOf = Schemas(value, at); break;
            case "oneOf": node.OneOf = Schemas(value, at); break;
            case "not": node.Not = Read(value, at); break;
            case "if": node.If = Read(value, at); break;
            case "then": node.Then = Read(value, at); break;
            case "else": node.Else = Read(value, at); break;
            case "prefixItems": node.Prefix = Schemas(value, at); break;
            case "items" when value.ValueKind == JsonValueKind.Array: throw Wrong(at, "a list of schemas is called prefixItems");
            case "items": node.Item = Read(value, at); break;
            case "contains": node.Contains = Read(value, at); break;
            default: return false;
        }

        return true;
    }

    private bool TakeMembers(SchemaNode node, JsonProperty keyword, string at)
    {
        var value = keyword.Value;
        switch (keyword.Name)
        {
            case "properties": node.Properties = Map(value, at); break;
            case "patternProperties": node.PatternProperties = [.. Map(value, at).Select(of => (Pattern(of.Key, at), of.Value))]; break;
            case "additionalProperties": node.Additional = Read(value, at); break;
            case "propertyNames": node.Names = Read(value, at); break;
            case "dependentSchemas": node.DependentSchemas = Map(value, at); break;
            case "required": node.Required = Texts(value, at); break;
            case "dependentRequired":
                node.DependentRequired = Object(value, at).ToDictionary(of => of.Name, of => Texts(of.Value, at), StringComparer.Ordinal);
                break;
            default: return false;
        }

        return true;
    }

    private SchemaNode Follow(string reference, string at)
    {
        if (reference != "#" && !reference.StartsWith("#/", StringComparison.Ordinal))
            throw Wrong(at, $"{reference} is not within this document (#/...), and nothing is fetched");
        var (target, place) = (document, "#");
        foreach (var part in reference.Split('/').Skip(1))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            var isThere = target.ValueKind == JsonValueKind.Array
                ? int.TryParse(name, out var index) && index >= 0 && index < target.GetArrayLength()
                : target.ValueKind == JsonValueKind.Object && target.TryGetProperty(name, out _);
            if (!isThere)
                throw Wrong(at, $"{reference} leads nowhere");
            target = target.ValueKind == JsonValueKind.Array ? target[int.Parse(name)] : target.GetProperty(name);
            place = $"{place}/{Uri.UnescapeDataString(part)}";
        }

        return Read(target, place);
    }

    private Dictionary<string, SchemaNode> Map(JsonElement value, string at) =>
        Object(value, at).ToDictionary(
            of => of.Name,
            of => Read(of.Value, $"{at}/{of.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}"),
            StringComparer.Ordinal);

    private SchemaNode[] Schemas(JsonElement value, string at) => [.. List(value, at).Select((of, index) => Read(of, $"{at}/{index}"))];

    private static Regex Pattern(string pattern, string at)
    {
        try
        {
            return SchemaPattern.Read(pattern);
        }
        catch (FormatException wrong)
        {
            throw Wrong(at, wrong.Message);
        }
    }

    private static SchemaTypes Types(JsonElement value, string at)
    {
        var types = SchemaTypes.None;
        foreach (var name in value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : new[] { value })
        {
            var text = Text(name, at);
            if (text.Length == 0 || !char.IsAsciiLetterLower(text[0]) || !Enum.TryParse<SchemaTypes>(text, ignoreCase: true, out var type) || text is "none" or "any")
                throw Wrong(at, $"{text} is no type");
            types |= type;
        }

        return types;
    }

    private static JsonElement.ObjectEnumerator Object(JsonElement value, string at) =>
        value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : throw Wrong(at, "an object is meant");

    private static JsonElement.ArrayEnumerator List(JsonElement value, string at) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 ? value.EnumerateArray() : throw Wrong(at, "a list of one or more is meant");

    private static string[] Texts(JsonElement value, string at) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(of => Text(of, at))] : throw Wrong(at, "a list is meant");

    private static string Text(JsonElement value, string at) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(at, "a text is meant");

    private static bool Boolean(JsonElement value, string at) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(at, "true or false is meant");

    private static double Number(JsonElement value, string at) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw Wrong(at, "a number is meant");

    private static double Count(JsonElement value, string at) =>
        Number(value, at) is var count and >= 0 && Math.Floor(count) == count ? count : throw Wrong(at, "a whole number of 0 or more is meant");

    private static decimal Positive(JsonElement value, string at) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number > 0 ? number : throw Wrong(at, "a number above 0 is meant");

    private static FormatException Wrong(string at, string why) => new($"{at}: {why}");
}
