using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gateway.Guardrails.Content.Schemas;

/// <summary>A schema, or a part of one, as it was read; what a keyword says that is absent is null or empty.</summary>
internal sealed class SchemaNode
{
    /// <summary>Whether anything, or nothing, fulfils it, of the schemas <c>true</c> and <c>false</c>.</summary>
    public bool? Always { get; init; }

    public SchemaNode? Reference { get; set; }

    public SchemaTypes Types { get; set; } = SchemaTypes.Any;

    public JsonElement? Constant { get; set; }

    public JsonElement[]? OneOfValues { get; set; }

    public Bounds Number { get; } = new();

    public Bounds Text { get; } = new();

    public Bounds Items { get; } = new();

    public Bounds Members { get; } = new();

    public Bounds Contained { get; } = new();

    public decimal? MultipleOf { get; set; }

    public Regex? Pattern { get; set; }

    public SchemaNode[] Prefix { get; set; } = [];

    public SchemaNode? Item { get; set; }

    public SchemaNode? Contains { get; set; }

    public bool HasUniqueItems { get; set; }

    public string[] Required { get; set; } = [];

    public Dictionary<string, SchemaNode> Properties { get; set; } = [];

    public (Regex Name, SchemaNode Schema)[] PatternProperties { get; set; } = [];

    public SchemaNode? Additional { get; set; }

    public SchemaNode? Names { get; set; }

    public Dictionary<string, string[]> DependentRequired { get; set; } = [];

    public Dictionary<string, SchemaNode> DependentSchemas { get; set; } = [];

    public SchemaNode[] All { get; set; } = [];

    public SchemaNode[] AnyOf { get; set; } = [];

    public SchemaNode[] OneOf { get; set; } = [];

    public SchemaNode? Not { get; set; }

    public SchemaNode? If { get; set; }

    public SchemaNode? Then { get; set; }

    public SchemaNode? Else { get; set; }
}

/// <summary>The types of JSON schema.</summary>
[Flags]
internal enum SchemaTypes : byte
{
    None = 0,
    Object = 1,
    Array = 2,
    String = 4,
    Boolean = 8,
    Null = 16,
    Number = 32,
    Integer = 64,
    Any = Object | Array | String | Boolean | Null | Number,
}

/// <summary>The least and the most of a value, a length or a count.</summary>
internal sealed class Bounds
{
    public double? Least { get; set; }

    public double? Most { get; set; }

    public double? Above { get; set; }

    public double? Below { get; set; }

    public bool Hold(double value) => !(value < Least) && !(value > Most) && !(value <= Above) && !(value >= Below);
}
