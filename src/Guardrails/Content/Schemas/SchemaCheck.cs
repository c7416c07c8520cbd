using System.Text.Json;

namespace Gateway.Guardrails.Content.Schemas;

/// <summary>Holds one value against a schema, within so many checks; used once.</summary>
internal sealed class SchemaCheck(long checks)
{
    /// <summary>Parts of a schema within each other, for one value nested to the deepest: a schema that refers to itself goes deeper than that.</summary>
    private const int DeepestSchema = 512;

    private int _depth;

    public bool Fits(SchemaNode schema, JsonElement value)
    {
        if (--checks < 0 || _depth == DeepestSchema)
            throw new NotSupportedException("the schema's references go in circles, or multiply");
        if (schema.Always is { } always)
            return always;
        _depth++;
        var fits = (schema.Reference is null || Fits(schema.Reference, value)) && IsOf(schema.Types, value) && IsOneOf(schema, value) && value.ValueKind switch
        {
            JsonValueKind.Number => IsNumber(schema, value),
            JsonValueKind.String => IsText(schema, value),
            JsonValueKind.Array => HasItems(schema, value),
            JsonValueKind.Object => HasMembers(schema, value),
            _ => true,
        } && IsCombined(schema, value);
        _depth--;
        return fits;
    }

    private static bool IsOf(SchemaTypes types, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => types.HasFlag(SchemaTypes.Object),
        JsonValueKind.Array => types.HasFlag(SchemaTypes.Array),
        JsonValueKind.String => types.HasFlag(SchemaTypes.String),
        JsonValueKind.Null => types.HasFlag(SchemaTypes.Null),
        JsonValueKind.Number => types.HasFlag(SchemaTypes.Number) || (types.HasFlag(SchemaTypes.Integer) && IsWhole(value)),
        _ => types.HasFlag(SchemaTypes.Boolean),
    };

    /// <summary>By the draft 1.0 is an integer too.</summary>
    private static bool IsWhole(JsonElement value) => value.TryGetInt64(out _) || (value.TryGetDouble(out var number) && Math.Floor(number) == number);

    private static bool IsOneOf(SchemaNode schema, JsonElement value)
    {
        if (schema.Constant is { } constant && !JsonElement.DeepEquals(constant, value))
            return false;
        if (schema.OneOfValues is not { } values)
            return true;
        foreach (var one in values)
        {
            if (JsonElement.DeepEquals(one, value))
                return true;
        }

        return false;
    }

    private static bool IsNumber(SchemaNode schema, JsonElement value)
    {
        if (!value.TryGetDouble(out var number) || !schema.Number.Hold(number))
            return false;
        return schema.MultipleOf is not { } step
            || (value.TryGetDecimal(out var exact) ? exact % step == 0 : Math.IEEERemainder(number, (double)step) == 0);
    }

    private static bool IsText(SchemaNode schema, JsonElement value)
    {
        if (schema.Pattern is null && schema.Text is { Least: null, Most: null })
            return true;
        var text = value.GetString()!;
        var length = 0;
        foreach (var _ in text.EnumerateRunes())
            length++;
        return schema.Text.Hold(length) && (schema.Pattern?.IsMatch(text) ?? true);
    }

    private bool HasItems(SchemaNode schema, JsonElement value)
    {
        if (!schema.Items.Hold(value.GetArrayLength()))
            return false;
        var (index, contained) = (0, 0);
        foreach (var item in value.EnumerateArray())
        {
            if ((index < schema.Prefix.Length ? schema.Prefix[index] : schema.Item) is { } part && !Fits(part, item))
                return false;
            if (schema.Contains is { } sought && Fits(sought, item))
                contained++;
            index++;
        }

        if (schema.Contains is not null && (contained < (schema.Contained.Least ?? 1) || contained > schema.Contained.Most))
            return false;
        return !schema.HasUniqueItems || AreUnique(value);
    }

    private bool AreUnique(JsonElement value)
    {
        JsonElement[] items = [.. value.EnumerateArray()];
        for (var i = 1; i < items.Length; i++)
        {
            if ((checks -= i) < 0)
                throw new NotSupportedException("too many items to tell whether they are unique");
            for (var j = 0; j < i; j++)
            {
                if (JsonElement.DeepEquals(items[i], items[j]))
                    return false;
            }
        }

        return true;
    }

    private bool HasMembers(SchemaNode schema, JsonElement value)
    {
        if (!schema.Members.Hold(value.GetPropertyCount()) || !HasAll(value, schema.Required))
            return false;
        foreach (var (name, others) in schema.DependentRequired)
        {
            if (value.TryGetProperty(name, out _) && !HasAll(value, others))
                return false;
        }

        foreach (var (name, part) in schema.DependentSchemas)
        {
            if (value.TryGetProperty(name, out _) && !Fits(part, value))
                return false;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (!IsMember(schema, member))
                return false;
        }

        return true;
    }

    private bool IsMember(SchemaNode schema, JsonProperty member)
    {
        if (schema.Names is { } names && !Fits(names, JsonElement.Parse(JsonSerializedName(member.Name))))
            return false;
        var isNamed = schema.Properties.TryGetValue(member.Name, out var known);
        if (isNamed && !Fits(known!, member.Value))
            return false;
        foreach (var (pattern, part) in schema.PatternProperties)
        {
            if (!pattern.IsMatch(member.Name))
                continue;
            isNamed = true;
            if (!Fits(part, member.Value))
                return false;
        }

        return isNamed || schema.Additional is not { } others || Fits(others, member.Value);
    }

    private static string JsonSerializedName(string name) => $"\"{JsonEncodedText.Encode(name)}\"";

    private static bool HasAll(JsonElement value, string[] names)
    {
        foreach (var name in names)
        {
            if (!value.TryGetProperty(name, out _))
                return false;
        }

        return true;
    }

    private bool IsCombined(SchemaNode schema, JsonElement value)
    {
        foreach (var part in schema.All)
        {
            if (!Fits(part, value))
                return false;
        }

        if (schema.AnyOf.Length > 0 && Count(schema.AnyOf, value, 1) == 0)
            return false;
        if (schema.OneOf.Length > 0 && Count(schema.OneOf, value, 2) != 1)
            return false;
        if (schema.Not is { } not && Fits(not, value))
            return false;
        if (schema.If is not { } condition)
            return true;
        return (Fits(condition, value) ? schema.Then : schema.Else) is not { } follows || Fits(follows, value);
    }

    private int Count(SchemaNode[] parts, JsonElement value, int enough)
    {
        var count = 0;
        foreach (var part in parts)
        {
            if (Fits(part, value) && ++count == enough)
                break;
        }

        return count;
    }
}
