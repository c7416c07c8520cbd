using System.IO.Compression;
using System.Text.Json;

namespace Gateway.Routing.Tests.Rules.Cel.Conformance;

/// <summary>One case of the specification's suite, in the JSON form of its <c>SimpleTest</c> message.</summary>
public sealed class ConformanceCase(JsonElement json)
{
    public string Section => json.GetProperty("section").GetString()!;

    public string Name => $"{Section}/{json.GetProperty("group").GetString()}/{json.GetProperty("name").GetString()}";

    public string Expression => json.GetProperty("expr").GetString()!;

    /// <summary>Faults of names and types are then left to the evaluation.</summary>
    public bool IsUnchecked => json.TryGetProperty("disableCheck", out _);

    /// <summary>Only the type is looked at.</summary>
    public bool IsCheckOnly => json.TryGetProperty("checkOnly", out _);

    public bool IsError => json.TryGetProperty("evalError", out _);

    public string Container => json.TryGetProperty("container", out var container) ? container.GetString()! : "";

    public JsonElement? DeducedType => Typed is { } typed ? typed.GetProperty("deducedType") : null;

    /// <summary>What it comes to; null when the suite expects <c>true</c> by silence.</summary>
    public JsonElement? Value => json.TryGetProperty("value", out var value) ? value
        : Typed is { } typed && typed.TryGetProperty("result", out var result) ? result
        : null;

    public IEnumerable<JsonElement> Declarations => json.TryGetProperty("typeEnv", out var declared) ? declared.EnumerateArray() : [];

    public IEnumerable<JsonProperty> Bindings => json.TryGetProperty("bindings", out var bindings) ? bindings.EnumerateObject() : [];

    /// <summary>Everything the case says, to look for what is out of scope.</summary>
    public string Raw => json.GetRawText();

    private JsonElement? Typed => json.TryGetProperty("typedResult", out var typed) ? typed : null;

    public static IReadOnlyList<ConformanceCase> ReadAll()
    {
        using var packed = typeof(ConformanceCase).Assembly.GetManifestResourceStream("conformance.json.gz")!;
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        return [.. JsonDocument.Parse(unpacked).RootElement.EnumerateArray().Select(json => new ConformanceCase(json))];
    }
}
