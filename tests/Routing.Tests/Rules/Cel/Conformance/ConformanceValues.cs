using System.Globalization;
using System.Text.Json;
using Gateway.Routing.Rules.Cel;
using Gateway.Routing.Rules.Cel.Checking;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Tests.Rules.Cel.Conformance;

/// <summary>The suite's values and types as ours.</summary>
internal static class ConformanceValues
{
    private const string DurationMessage = "type.googleapis.com/google.protobuf.Duration";

    public static CelValue Read(JsonElement json)
    {
        var only = json.EnumerateObject().Single();
        return only.Name switch
        {
            "nullValue" => CelValue.Null,
            "boolValue" => CelValue.Of(only.Value.GetBoolean()),
            "int64Value" => CelValue.Of(long.Parse(only.Value.GetString()!, CultureInfo.InvariantCulture)),
            "uint64Value" => CelValue.Of(ulong.Parse(only.Value.GetString()!, CultureInfo.InvariantCulture)),
            "doubleValue" => CelValue.Of(ReadDouble(only.Value)),
            "stringValue" => CelValue.Of(only.Value.GetString()!),
            "bytesValue" => CelValue.Of(only.Value.GetBytesFromBase64()),
            "typeValue" => TypeNamed(only.Value.GetString()!),
            "listValue" => CelValue.Of(new ValueList([.. Members(only.Value, "values").Select(Read)])),
            "mapValue" => CelValue.Of(ReadMap(only.Value)),
            "objectValue" => ReadObject(only.Value),
            _ => throw new NotSupportedException(only.Name),
        };
    }

    /// <summary>A deduced type as the suite writes it, in our words.</summary>
    public static string Describe(JsonElement type)
    {
        var only = type.EnumerateObject().Single();
        return only.Name switch
        {
            "primitive" => only.Value.GetString() switch { "INT64" => "int", "UINT64" => "uint", var name => name!.ToLowerInvariant() },
            "wellKnown" => only.Value.GetString()!.ToLowerInvariant(),
            "messageType" => only.Value.GetString()!.Split('.')[^1].ToLowerInvariant(),
            "listType" => $"list({Describe(only.Value.GetProperty("elemType"))})",
            "mapType" => $"map({Describe(only.Value.GetProperty("keyType"))}, {Describe(only.Value.GetProperty("valueType"))})",
            _ => only.Name,
        };
    }

    /// <summary>Declares a variable of the type that the suite gives it.</summary>
    public static void Declare(CelVariables<Dictionary<string, CelValue>> variables, string name, string type)
    {
        switch (type)
        {
            case "bool": Add<bool>(variables, name); break;
            case "int": Add<long>(variables, name); break;
            case "uint": Add<ulong>(variables, name); break;
            case "double": Add<double>(variables, name); break;
            case "string": Add<string>(variables, name); break;
            case "bytes": Add<byte[]>(variables, name); break;
            case "duration": Add<CelDuration>(variables, name); break;
            case "list(int)": Add<CelList>(variables, name, CelType.ListOf(CelType.Int)); break;
            case "list(string)": Add<CelList>(variables, name, CelType.ListOf(CelType.Text)); break;
            case "map(string, string)": Add<CelMap>(variables, name, CelType.MapOf(CelType.Text, CelType.Text)); break;
            case "map(string, int)": Add<CelMap>(variables, name, CelType.MapOf(CelType.Text, CelType.Int)); break;
            case "null": Add<CelValue>(variables, name, CelType.Null); break;
            default: throw new NotSupportedException(type);
        }
    }

    private static void Add<T>(CelVariables<Dictionary<string, CelValue>> variables, string name, CelType? type = null) =>
        variables.Add(name, (Dictionary<string, CelValue> bindings, out T value) =>
        {
            value = default!;
            return !bindings.TryGetValue(name, out var bound) ? CelFault.NoSuchKey : bound.TryGet(out value) ? CelFault.None : CelFault.NoSuchOverload;
        }, type);

    private static double ReadDouble(JsonElement json) => json.ValueKind == JsonValueKind.Number
        ? json.GetDouble()
        : json.GetString() switch { "Infinity" => double.PositiveInfinity, "-Infinity" => double.NegativeInfinity, _ => double.NaN };

    private static JsonElement.ArrayEnumerator Members(JsonElement json, string name) =>
        json.TryGetProperty(name, out var members) ? members.EnumerateArray() : default;

    private static ValueMap ReadMap(JsonElement json)
    {
        var map = new ValueMap();
        foreach (var entry in Members(json, "entries"))
            map.Add(Read(entry.GetProperty("key")), Read(entry.GetProperty("value")));
        return map;
    }

    private static CelValue TypeNamed(string name) =>
        CelValue.Of(Enum.GetValues<CelKind>().Select(CelType.OfKind).Single(type => type.Name == name));

    private static CelValue ReadObject(JsonElement json)
    {
        var isDuration = json.GetProperty("@type").GetString() == DurationMessage;
        var text = json.GetProperty("value").GetString()!;
        var (program, _) = CelCompiler.Compile($"{(isDuration ? "duration" : "timestamp")}('{text}')", new CelVariables<object>());
        return program!.Evaluate(text).Value;
    }
}
