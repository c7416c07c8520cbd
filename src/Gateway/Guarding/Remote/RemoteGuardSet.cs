using System.Globalization;
using Gateway.Configuration;
using Gateway.Guardrails;
using Gateway.Upstream;

namespace Gateway.Guarding.Remote;

/// <summary>The guards of one configuration that ask someone else: each is made once, however many steps name it.</summary>
/// <remarks>
/// What a running gateway knows of them outlives a reload: a guard whose settings did not change is taken over from the previous set, with its
/// breaker, its inspections under way and its connections.
/// </remarks>
/// <param name="upstreams">The configuration's pools.</param>
/// <param name="previous">The set of the configuration before; null at first.</param>
/// <param name="time">The clock.</param>
public sealed class RemoteGuardSet(IReadOnlyList<UpstreamPool> upstreams, RemoteGuardSet? previous, TimeProvider time)
{
    private readonly Dictionary<string, Made> _made = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Made>? _before = previous?._made;

    /// <summary>The guard of that name.</summary>
    /// <param name="name">Its name in the configuration.</param>
    /// <param name="options">Its settings, which have passed every check.</param>
    /// <returns>Null when it is a guard that asks nobody.</returns>
    public IRemoteGuard? For(string name, GuardOptions options)
    {
        if (SettingsOf(options) is not { } settings)
            return null;
        if (!_made.TryGetValue(name, out var made))
        {
            made = _before is not null && _before.TryGetValue(name, out var before) && before.Settings == settings ? before : new Made(settings, Create(options));
            if (made.Guard.Judge is ModelJudge judge)
                judge.Become(PoolOf(options.Model!));
            _made.Add(name, made);
        }

        return made.Guard;
    }

    /// <summary>Bytes of a streamed answer between two questions to a guard; null when it is one that asks nobody.</summary>
    public static int? StrideOf(GuardOptions options) => options.Model?.Stride ?? options.Webhook?.Stride ?? options.Presidio?.Stride;

    private BoundedGuard Create(GuardOptions options) => options switch
    {
        { Model: { } model } => new BoundedGuard(new ModelJudge(PoolOf(model), FormatOf(model)), model.Timeout, time),
        { Webhook: { } webhook } => new BoundedGuard(new WebhookJudge(ServiceConnections.Open(), webhook.Url, webhook.Token), webhook.Timeout, time),
        _ => new BoundedGuard(new PresidioJudge(ServiceConnections.Open(), options.Presidio!), options.Presidio!.Timeout, time),
    };

    private UpstreamPool PoolOf(ModelGuardOptions model) => upstreams.First(upstream => upstream.Pool.Name == model.Pool);

    private static IJudgeFormat FormatOf(ModelGuardOptions model) => model.Format == ModelGuardOptions.YesNo
        ? new YesNoFormat(model.Instruction!, model.System)
        : new LlamaGuardFormat(model.Categories, model.System);

    /// <summary>All that a guard is made of, as a text that differs where anything does.</summary>
    private static string? SettingsOf(GuardOptions options) => options switch
    {
        { Model: { } model } => Join("model", model.Pool, model.Format, model.Instruction, Join([.. model.Categories]), Text(model.System), Text(model.Timeout)),
        { Webhook: { } webhook } => Join("webhook", webhook.Url.AbsoluteUri, webhook.Token, Text(webhook.Timeout)),
        { Presidio: { } presidio } => Join(
            "presidio", presidio.Analyzer.AbsoluteUri, presidio.Language, Join([.. presidio.Entities]), Text(presidio.Score), Text(presidio.Timeout)),
        _ => null,
    };

    private static string Join(params string?[] parts) => string.Concat(parts.Select(part => part is null ? "-;" : $"{part.Length}:{part};"));

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static string Text(bool value) => value ? "yes" : "no";

    private sealed record Made(string Settings, BoundedGuard Guard);
}
