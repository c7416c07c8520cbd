using System.Text.Json;

namespace Gateway.Routing.Cascade.Schemas;

/// <summary>Holds a JSON value against a JSON schema, as far as the schemas of tools and of answers go.</summary>
/// <remarks>
/// Known: <c>type</c>, <c>nullable</c>, <c>enum</c>, <c>const</c>, <c>properties</c>, <c>required</c>, <c>additionalProperties</c>,
/// <c>items</c>, <c>prefixItems</c>, the bounds of numbers, strings and lists, <c>anyOf</c>, <c>oneOf</c>, <c>allOf</c>, <c>not</c> and
/// <c>$ref</c> within the document. Every other keyword, and a known one of a form it cannot have, is passed over: a check that
/// escalates must not do so for a schema it does not understand. <c>pattern</c> is among those, because it would run the caller's
/// expression. Never throws.
/// </remarks>
public sealed class SchemaValidator
{
    /// <summary>Schemas and values nested deeper are not looked at; JSON read by the gateway is at most 64 deep by default.</summary>
    private const int Deepest = 64;

    private readonly JsonElement _root;
    private readonly bool _closed;

    /// <param name="root">The whole schema, which references point into.</param>
    /// <param name="closed">
    /// Arguments of a function: members that <c>properties</c> do not name are flaws unless the schema says that there may be others, and
    /// null for a member that is not required says that it is left out.
    /// </param>
    public SchemaValidator(JsonElement root, bool closed)
    {
        _root = root;
        _closed = closed;
    }

    /// <summary>Every kind of flaw that the value has.</summary>
    public SchemaFlaw Check(JsonElement value)
    {
        try
        {
            return Check(_root, value, 0);
        }
        catch (InvalidOperationException)
        {
            // A name or a string with half a surrogate pair, which JSON allows and the document model will not compare.
            return SchemaFlaw.None;
        }
    }

    private SchemaFlaw Check(JsonElement schema, JsonElement value, int depth)
    {
        if (schema.ValueKind == JsonValueKind.False)
            return SchemaFlaw.Unfit;
        if (schema.ValueKind != JsonValueKind.Object || depth > Deepest)
            return SchemaFlaw.None;
        if (SchemaReference.TryFollow(_root, schema, out var target))
            return Check(target, value, depth + 1);
        if (value.ValueKind == JsonValueKind.Null && schema.TryGetProperty("nullable"u8, out var nullable) && nullable.ValueKind == JsonValueKind.True)
            return SchemaFlaw.None;
        if (!SchemaKeywords.HasType(schema, value) || !SchemaKeywords.IsAllowed(schema, value) || !SchemaKeywords.IsWithinBounds(schema, value))
            return SchemaFlaw.Unfit;
        var flaws = Combined(schema, value, depth + 1);
        return value.ValueKind switch
        {
            JsonValueKind.Object => flaws | Members(schema, value, depth + 1),
            JsonValueKind.Array => flaws | Items(schema, value, depth + 1),
            _ => flaws,
        };
    }

    private SchemaFlaw Members(JsonElement schema, JsonElement value, int depth)
    {
        var flaws = HasRequired(schema, value) ? SchemaFlaw.None : SchemaFlaw.Missing;
        var hasProperties = schema.TryGetProperty("properties"u8, out var properties) && properties.ValueKind == JsonValueKind.Object;
        var saysMore = schema.TryGetProperty("additionalProperties"u8, out var more);
        var hasPatterns = schema.TryGetProperty("patternProperties"u8, out _);
        foreach (var member in value.EnumerateObject())
        {
            if (hasProperties && properties.TryGetProperty(member.Name, out var known))
                flaws |= _closed && member.Value.ValueKind == JsonValueKind.Null && !IsRequired(schema, member.Name) ? SchemaFlaw.None : Check(known, member.Value, depth);
            else if (hasPatterns)
                continue;
            else if (saysMore && more.ValueKind == JsonValueKind.Object)
                flaws |= Check(more, member.Value, depth);
            else if (saysMore ? more.ValueKind == JsonValueKind.False : _closed && hasProperties)
                flaws |= SchemaFlaw.Invented;
        }

        return flaws;
    }

    private static bool HasRequired(JsonElement schema, JsonElement value)
    {
        if (!schema.TryGetProperty("required"u8, out var required) || required.ValueKind != JsonValueKind.Array)
            return true;
        foreach (var name in required.EnumerateArray())
        {
            if (name.ValueKind == JsonValueKind.String && SchemaText.Of(name) is { } text && !value.TryGetProperty(text, out _))
                return false;
        }

        return true;
    }

    private static bool IsRequired(JsonElement schema, string member)
    {
        if (!schema.TryGetProperty("required"u8, out var required) || required.ValueKind != JsonValueKind.Array)
            return false;
        foreach (var name in required.EnumerateArray())
        {
            if (name.ValueKind == JsonValueKind.String && name.ValueEquals(member))
                return true;
        }

        return false;
    }

    private SchemaFlaw Items(JsonElement schema, JsonElement value, int depth)
    {
        var flaws = SchemaFlaw.None;
        var hasItems = schema.TryGetProperty("items"u8, out var items);
        var first = schema.TryGetProperty("prefixItems"u8, out var prefix) && prefix.ValueKind == JsonValueKind.Array ? prefix.GetArrayLength() : 0;
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (index < first)
                flaws |= Check(prefix[index], item, depth);
            else if (hasItems)
                flaws |= Check(items, item, depth);
            index++;
        }

        return flaws;
    }

    private SchemaFlaw Combined(JsonElement schema, JsonElement value, int depth)
    {
        var flaws = SchemaFlaw.None;
        if (IsList(schema, "allOf"u8, out var all))
        {
            foreach (var part in all.EnumerateArray())
                flaws |= Check(part, value, depth);
        }

        if (IsList(schema, "anyOf"u8, out var any) && CountFitting(any, value, depth) == 0)
            flaws |= any.GetArrayLength() == 1 ? Check(any[0], value, depth) : SchemaFlaw.Unfit;
        if (IsList(schema, "oneOf"u8, out var one) && CountFitting(one, value, depth) != 1)
            flaws |= SchemaFlaw.Unfit;
        if (schema.TryGetProperty("not"u8, out var not) && not.ValueKind == JsonValueKind.Object && Check(not, value, depth) == SchemaFlaw.None)
            flaws |= SchemaFlaw.Unfit;
        return flaws;
    }

    private int CountFitting(JsonElement schemas, JsonElement value, int depth)
    {
        var count = 0;
        foreach (var schema in schemas.EnumerateArray())
            count += Check(schema, value, depth) == SchemaFlaw.None ? 1 : 0;
        return count;
    }

    private static bool IsList(JsonElement schema, ReadOnlySpan<byte> keyword, out JsonElement list) =>
        schema.TryGetProperty(keyword, out list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0;
}
