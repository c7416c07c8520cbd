using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Gateway.Configuration;

/// <summary>What counts as personal data.</summary>
public sealed record PiiOptions
{
    [Description("The kinds to find. Absent: all; docs/guardrails.md lists them.")]
    public IReadOnlyList<string> Entities { get; init; } = [];

    [Description("Further kinds by name: regular expressions without look-around and back-references, which take linear time.")]
    public IReadOnlyDictionary<string, string> Patterns { get; init; } = new Dictionary<string, string>();

    [Description("Regions, as ISO 3166 codes, whose phone numbers are known without their country's code.")]
    public IReadOnlyList<string> Regions { get; init; } = ["US"];
}

/// <summary>What counts as a credential.</summary>
public sealed record SecretsOptions
{
    [Description("The kinds to find. Absent: all; docs/guardrails.md lists them.")]
    public IReadOnlyList<string> Kinds { get; init; } = [];
}

/// <summary>What counts as an attempt to take over the model.</summary>
public sealed record InjectionOptions
{
    [Description("The share of ordinary texts that may be taken for one, in (0, 0.1].")]
    [Range(0.0001, 0.1)]
    public double FalsePositives { get; init; } = 0.005;

    [Description("Whether instructions of the application and definitions of tools are judged too.")]
    public bool System { get; init; }

    [Description("File with a scorer of one's own. Absent: the gateway's.")]
    public string? Artefact { get; init; }
}
