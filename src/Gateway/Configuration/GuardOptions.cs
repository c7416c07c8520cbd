using System.ComponentModel;

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
