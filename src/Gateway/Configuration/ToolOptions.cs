using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Gateway.Configuration;

/// <summary>Tools that may be offered and called.</summary>
public sealed record ToolOptions
{
    [Description("Names; a * at the end stands for anything. Absent: all but those denied.")]
    public IReadOnlyList<string> Allowed { get; init; } = [];

    [Description("Names that are not allowed although they are.")]
    public IReadOnlyList<string> Denied { get; init; } = [];

    [Description("JSON schemas of arguments, as text, by the tool's name.")]
    public IReadOnlyDictionary<string, string> Schemas { get; init; } = new Dictionary<string, string>();
}

/// <summary>When an answer repeats the application's instructions.</summary>
public sealed record LeakOptions
{
    [Description("So many of their words in a row are a leak.")]
    [Range(4, 100)]
    public int Words { get; init; } = 12;
}

/// <summary>What answers have to be.</summary>
public sealed record JsonAnswerOptions
{
    [Description("The JSON schema, as text. Absent: any JSON.")]
    public string? Schema { get; init; }
}

/// <summary>Hosts whose addresses may stand in a text.</summary>
public sealed record UrlOptions
{
    [Description("Hosts; *.example.com for those below one.")]
    public required IReadOnlyList<string> Allowed { get; init; }
}
