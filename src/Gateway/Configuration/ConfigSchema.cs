using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Configuration.Reading;

namespace Gateway.Configuration;

/// <summary>The JSON schema (draft-07, which editors know best) of the file, made from the options records.</summary>
public static class ConfigSchema
{
    private const string Id = "http://json-schema.org/draft-07/schema#";

    // Written into a file that people read, not into a page.
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as indented JSON with a line break at its end.</summary>
    public static string Write(KnownPolicies known)
    {
        var definitions = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal)
        {
            ["variable"] = new JsonObject { ["type"] = "string", ["pattern"] = Expansion.Pattern },
            ["duration"] = new JsonObject { ["type"] = "string", ["pattern"] = $"{Duration.Pattern}|{Expansion.Pattern}" },
        };
        var root = new SchemaOfRecords(known, definitions).Object(typeof(GatewayOptions));
        root.Insert(0, "$schema", Id);
        root.Insert(1, "title", "gateway.yaml");
        var listed = new JsonObject();
        foreach (var (name, definition) in definitions)
        {
            listed[name] = definition;
        }

        root["definitions"] = listed;
        return root.ToJsonString(Format) + "\n";
    }
}
