namespace Gateway.Configuration;

/// <summary>What guards of one kind can do.</summary>
/// <param name="Name">The key of its settings.</param>
/// <param name="Redacts">Whether it finds places, in which something else can stand.</param>
/// <param name="IsForAnswers">Whether it says something of answers only.</param>
internal sealed record GuardKind(string Name, bool Redacts = false, bool IsForAnswers = false)
{
    private static readonly Dictionary<string, GuardOptions> WithoutSettings = new(StringComparer.Ordinal)
    {
        ["pii"] = new() { Pii = new() },
        ["secrets"] = new() { Secrets = new() },
        ["injection"] = new() { Injection = new() },
        ["leak"] = new() { Leak = new() },
        ["json"] = new() { Json = new() },
    };

    /// <summary>Names of guards that need no settings.</summary>
    public static IReadOnlyCollection<string> Ready => WithoutSettings.Keys;

    /// <summary>The settings of a guard by its name; null when there is none of that name.</summary>
    public static GuardOptions? SettingsOf(string guard, GuardrailOptions options) =>
        WithoutSettings.GetValueOrDefault(guard) ?? options.Guards.GetValueOrDefault(guard);

    /// <summary>The kind that settings are of; null when they are of none, which is reported elsewhere.</summary>
    public static GuardKind? Of(GuardOptions options) => options switch
    {
        { Pii: not null } => new("pii", Redacts: true),
        { Secrets: not null } => new("secrets", Redacts: true),
        { Injection: not null } => new("injection"),
        { Blocklist: not null } => new("blocklist", Redacts: true),
        { Languages: not null } => new("languages"),
        { Size: not null } => new("size"),
        { Tools: not null } => new("tools"),
        { Leak: not null } => new("leak", Redacts: true, IsForAnswers: true),
        { Json: not null } => new("json", IsForAnswers: true),
        { Urls: not null } => new("urls", Redacts: true),
        { Model: not null } => new("model"),
        { Webhook: not null } => new("webhook", Redacts: true),
        { Presidio: not null } => new("presidio", Redacts: true),
        _ => null,
    };
}
