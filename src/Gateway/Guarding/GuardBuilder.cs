using System.Collections.Frozen;
using Gateway.Configuration;
using Gateway.Guardrails;

namespace Gateway.Guarding;

/// <summary>Builds the guards of options that have passed every check; each guard once, however many policies name it.</summary>
internal sealed class GuardBuilder
{
    private readonly GuardrailOptions _options;
    private readonly RemoteGuardSource _remotes;
    private readonly Dictionary<string, (IGuard? Local, IRemoteGuard? Remote)> _built = new(StringComparer.Ordinal);

    private GuardBuilder(GuardrailOptions options, RemoteGuardSource remotes) => (_options, _remotes) = (options, remotes);

    /// <param name="all">The whole file.</param>
    /// <param name="remotes">Makes the guards that ask someone else; null for a blueprint that is only read, whose such guards say that they failed.</param>
    /// <returns>Null when the configuration has no guards.</returns>
    public static GuardSetup? Build(GatewayOptions all, RemoteGuardSource? remotes)
    {
        if (all.Guardrails is not { } options)
            return null;
        var builder = new GuardBuilder(options, remotes ?? (static (_, _) => UnaskedGuard.Instance));
        var policies = new Dictionary<string, GuardPolicy>(StringComparer.Ordinal)
        {
            [GuardrailOptions.NoPolicy] = GuardPolicy.None,
            [GuardrailOptions.DefaultPolicy] = builder.PolicyOf(
                GuardrailOptions.DefaultPolicy, new GuardPolicyOptions { Input = options.Input, Output = options.Output }),
        };
        foreach (var (name, policy) in options.Policies)
            policies[name] = builder.PolicyOf(name, policy);
        var models = all.Models.Where(pair => pair.Value.Guardrails is not null).ToFrozenDictionary(pair => pair.Key, pair => policies[pair.Value.Guardrails!]);
        var rules = all.Rules.Where(rule => rule.Guardrails is not null).ToFrozenDictionary(rule => rule.Name, rule => policies[rule.Guardrails!]);
        return new GuardSetup(policies[GuardrailOptions.DefaultPolicy], models, rules)
        {
            PassesOtherRoutes = options.OtherRoutes == GuardrailOptions.Pass,
        };
    }

    private GuardPolicy PolicyOf(string name, GuardPolicyOptions policy) => policy is { Input: [], Output: [] }
        ? GuardPolicy.None
        : new GuardPolicy(name, PolicyVersion.Of(policy, _options), [.. policy.Input.Select(StepOf)], [.. policy.Output.Select(StepOf)])
        {
            Window = new WindowLimits(_options.Window.Bytes, _options.Window.Time),
        };

    private GuardStep StepOf(GuardStepOptions step)
    {
        var settings = GuardKind.SettingsOf(step.Guard, _options)!;
        if (!_built.TryGetValue(step.Guard, out var guard))
        {
            var local = LocalGuards.Create(settings);
            _built[step.Guard] = guard = (local, local is null ? _remotes(step.Guard, settings) : null);
        }

        return new GuardStep
        {
            Name = step.Guard,
            Action = ActionOf(step.Action),
            Local = guard.Local,
            Remote = guard.Remote,
            Restores = step.Restore,
            FailsOpen = (step.OnFailure ?? _options.OnFailure) == GuardStepOptions.Open,
            Stride = settings.Model?.Stride ?? settings.Webhook?.Stride ?? settings.Presidio?.Stride ?? 400,
        };
    }

    private static GuardAction ActionOf(string action) => action switch
    {
        GuardStepOptions.Block => GuardAction.Block,
        GuardStepOptions.Redact => GuardAction.Redact,
        _ => GuardAction.Flag,
    };

    /// <summary>Stands where a remote guard is configured and nobody shall be asked.</summary>
    private sealed class UnaskedGuard : IRemoteGuard
    {
        public static readonly UnaskedGuard Instance = new();

        public ValueTask<RemoteVerdict> InspectAsync(RemoteQuestion question, CancellationToken cancel) => new(RemoteVerdict.Failed("not asked here"));
    }
}
