using System.Collections.Immutable;
using Gateway.Configuration;
using Gateway.Guardrails;
using Gateway.Guardrails.Content;
using Gateway.Guardrails.Injection;
using Gateway.Guardrails.Pii;
using Gateway.Guardrails.Secrets;

namespace Gateway.Guarding;

/// <summary>Makes the guards that ask nobody from their settings.</summary>
internal static class LocalGuards
{
    /// <summary>The label of a word of a block list that belongs to no topic.</summary>
    private const string BlockedWord = "blocked_word";

    /// <returns>Null where the settings are those of a guard that asks someone else.</returns>
    /// <exception cref="ArgumentException">A setting makes no sense.</exception>
    /// <exception cref="FormatException">A pattern, a schema or an artefact makes no sense.</exception>
    public static IGuard? Create(GuardOptions options) => options switch
    {
        { Pii: { } pii } => new PiiGuard(new PiiSettings { Entities = [.. pii.Entities], Patterns = pii.Patterns, Regions = [.. pii.Regions] }),
        { Secrets: { } secrets } => new SecretsGuard(new SecretsSettings { Kinds = [.. secrets.Kinds] }),
        { Injection: { } injection } => new InjectionGuard(new InjectionSettings
        {
            FalsePositives = injection.FalsePositives,
            JudgesSystem = injection.System,
            Artefact = injection.Artefact is { } path ? GuardFiles.Read(path).Bytes : null,
        }),
        { Blocklist: { } blocklist } => new BlocklistGuard(TopicsOf(blocklist)),
        { Languages: { } languages } => new LanguageGuard(new LanguageSettings([.. languages.Allowed])),
        { Size: { } size } => new SizeGuard(new SizeSettings(size.Bytes)),
        { Tools: { } tools } => new ToolGuard(new ToolSettings([.. tools.Allowed], [.. tools.Denied], tools.Schemas)),
        { Leak: { } leak } => new LeakGuard(new LeakSettings(leak.Words)),
        { Json: { } json } => new JsonGuard(new JsonSettings(json.Schema)),
        { Urls: { } urls } => new UrlGuard(new UrlSettings([.. urls.Allowed])),
        _ => null,
    };

    private static ImmutableArray<BlockedTopic> TopicsOf(BlocklistOptions options)
    {
        string[] words = [.. options.Words, .. GuardFiles.WordsOf(options)];
        return
        [
            .. words.Length > 0 ? [new BlockedTopic(BlockedWord, [.. words])] : Array.Empty<BlockedTopic>(),
            .. options.Topics.Select(topic => new BlockedTopic(topic.Key, [.. topic.Value.Words]) { AtLeast = topic.Value.AtLeast }),
        ];
    }
}
