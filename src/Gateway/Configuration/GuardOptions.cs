using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Gateway.Configuration;

/// <summary>A guard with its settings, of one kind.</summary>
[OneOf(
    nameof(Pii), nameof(Secrets), nameof(Injection), nameof(Blocklist), nameof(Languages), nameof(Size), nameof(Tools), nameof(Leak), nameof(Json),
    nameof(Urls), nameof(Model), nameof(Webhook), nameof(Presidio))]
public sealed record GuardOptions
{
    [Description("Personal data.")]
    public PiiOptions? Pii { get; init; }

    [Description("Credentials.")]
    public SecretsOptions? Secrets { get; init; }

    [Description("Attempts to take over the model.")]
    public InjectionOptions? Injection { get; init; }

    [Description("Words and topics that are not wanted.")]
    public BlocklistOptions? Blocklist { get; init; }

    [Description("Languages that may be used.")]
    public LanguageOptions? Languages { get; init; }

    [Description("How long a prompt or an answer may be.")]
    public SizeOptions? Size { get; init; }

    [Description("Tools that may be offered and called.")]
    public ToolOptions? Tools { get; init; }

    [Description("Answers that repeat the application's instructions.")]
    public LeakOptions? Leak { get; init; }

    [Description("Answers that have to be JSON.")]
    public JsonAnswerOptions? Json { get; init; }

    [Description("Hosts whose addresses may stand in a text.")]
    public UrlOptions? Urls { get; init; }

    [Description("A model that judges, such as Llama Guard, on a pool.")]
    public ModelGuardOptions? Model { get; init; }

    [Description("A service of your own that judges.")]
    public WebhookGuardOptions? Webhook { get; init; }

    [Description("Presidio's analyzer.")]
    public PresidioOptions? Presidio { get; init; }
}

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

/// <summary>Words and topics that are not wanted.</summary>
public sealed record BlocklistOptions
{
    [Description("Words and phrases, in any script; found as whole words whatever their case.")]
    public IReadOnlyList<string> Words { get; init; } = [];

    [Description("File with more of them, one a line; read when the configuration is.")]
    public string? File { get; init; }

    [Description("Topics by name, each with its words.")]
    public IReadOnlyDictionary<string, TopicOptions> Topics { get; init; } = new Dictionary<string, TopicOptions>();
}

/// <summary>Words that belong to one topic.</summary>
public sealed record TopicOptions
{
    [Description("Words and phrases of the topic.")]
    public IReadOnlyList<string> Words { get; init; } = [];

    [Description("How many different ones make a text be about it.")]
    [Range(1, 1000)]
    public int AtLeast { get; init; } = 2;
}

/// <summary>Languages that may be used.</summary>
public sealed record LanguageOptions
{
    [Description("ISO 639-1 codes.")]
    public required IReadOnlyList<string> Allowed { get; init; }
}

/// <summary>How long a prompt or an answer may be.</summary>
public sealed record SizeOptions
{
    [Description("Most text of all messages, or of the answer, in bytes.")]
    [ByteSize, Range(1, int.MaxValue)]
    public required int Bytes { get; init; }
}

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
