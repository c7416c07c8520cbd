using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Configuration;
using Gateway.Configuration.Reading;
using NJsonSchema;

namespace Gateway.Tests.Configuration;

public sealed class ConfigSchemaTests
{
    private static readonly string CommittedPath = Path.Combine(Sample.Root, "docs", "gateway.schema.json");

    [Fact]
    public void The_committed_schema_is_that_of_the_records()
    {
        var schema = ConfigSchema.Write(Sample.Known);
        if (Environment.GetEnvironmentVariable("GATEWAY_WRITE_SCHEMA") == "1")
        {
            File.WriteAllText(CommittedPath, schema);
        }

        Assert.True(
            File.Exists(CommittedPath) && File.ReadAllText(CommittedPath) == schema,
            "docs/gateway.schema.json is not that of the records; run these tests once with GATEWAY_WRITE_SCHEMA=1");
    }

    [Fact]
    public async Task The_example_fits_the_schema()
    {
        var schema = await JsonSchema.FromJsonAsync(ConfigSchema.Write(Sample.Known));

        Assert.Empty(schema.Validate(ToJson(Sample.Example)));
    }

    [Theory]
    [InlineData("server: { drain: 60 }")]
    [InlineData("server: { drain: 60sec }")]
    [InlineData("server: { max_request_bytes: 32MB }")]
    [InlineData("server: { listen: 0.0.0.0:8080 }")]
    [InlineData("pools: { a: { model: m } }")]
    [InlineData("pools: { a: { model: m, replicas: [] } }")]
    [InlineData("pools: { a: { model: m, replicas: [http://a:1], discover: { dns: a.b, port: 1 } } }")]
    [InlineData("pools: { a: { model: m, discover: { port: 1 } } }")]
    [InlineData("pools: { a: { model: m, discover: { kubernetes: { service: a, port: 1 } } } }")]
    [InlineData("pools: { a: { model: m, replicas: [http://a:1], balancing: magic } }")]
    [InlineData("pools: { a: { model: m, replicas: [http://a:1], required: maybe } }")]
    [InlineData("routing: { scorer: neural }")]
    [InlineData("retries: { attempts_per_pool: 0 }")]
    [InlineData("guardrails: []")]
    [InlineData("rules: [{ name: a }]")]
    public async Task What_the_schema_refuses_the_gateway_refuses_too(string text)
    {
        var schema = await JsonSchema.FromJsonAsync(ConfigSchema.Write(Sample.Known));

        Assert.NotEmpty(schema.Validate(ToJson(text)));
        Assert.False(Sample.Parse(text).IsValid);
    }

    [Theory]
    [InlineData("server: { drain: \"${D}\", max_request_bytes: \"${B}\", max_json_depth: \"${N}\" }")]
    [InlineData("server: { drain: 1.5h, max_request_bytes: 32 MiB, max_header_bytes: 40000 }")]
    [InlineData("pools: { a: { model: m, replicas: [http://a:1], required: \"${R}\", balancing: \"${P}\" } }")]
    [InlineData("pools: { a: { model: m, discover: { dns: a.b, port: 8000 } } }")]
    [InlineData("pools: { a: { model: m, discover: { kubernetes: { service: a, namespace: b, port: 8000 } } } }")]
    public async Task The_schema_admits_variables_and_units(string text)
    {
        var schema = await JsonSchema.FromJsonAsync(ConfigSchema.Write(Sample.Known));

        Assert.Empty(schema.Validate(ToJson(text)));
    }

    [Fact]
    public void Every_option_has_a_description()
    {
        Type[] records =
        [
            .. typeof(GatewayOptions).Assembly.GetTypes()
                .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && OptionShape.IsRecord(type)),
        ];

        Assert.NotEmpty(records);
        Assert.All(records.SelectMany(record => OptionShape.Of(record).Members), member => Assert.NotEqual("", member.Description));
    }

    private static string ToJson(string yaml) => ToJson(ConfigTree.Read(yaml, new List<ConfigError>())!)!.ToJsonString();

    /// <summary>Scalars as YAML's core schema types them, as an editor sees them.</summary>
    private static JsonNode? ToJson(ConfigNode node) => node switch
    {
        MapNode map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, ToJson(entry.Value)))),
        ListNode list => new JsonArray([.. list.Items.Select(ToJson)]),
        ScalarNode { IsNull: true } => null,
        ScalarNode { Plain: true, Text: "true" or "false" } scalar => JsonValue.Create(scalar.Text == "true"),
        ScalarNode { Plain: true } scalar when decimal.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
            JsonValue.Create(number),
        ScalarNode scalar => JsonValue.Create(scalar.Text),
        _ => throw new ArgumentException(node.GetType().Name),
    };
}
