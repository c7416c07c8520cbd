using Gateway.Configuration.Reading;

namespace Gateway.Configuration.Rules;

/// <summary>Rules of <c>guardrails</c>, <c>models.*.guardrails</c> and <c>rules.*.guardrails</c>.</summary>
internal static class GuardRules
{
    private const string Section = "guardrails";

    public static void Check(GatewayOptions options, RuleReport report)
    {
        foreach (var (name, model) in options.Models)
        {
            CheckChoice(model.Guardrails, $"{ConfigPath.Key("models", name)}.guardrails", options, report);
        }

        for (var i = 0; i < options.Rules.Count; i++)
        {
            CheckChoice(options.Rules[i].Guardrails, $"{ConfigPath.Item("rules", i)}.guardrails", options, report);
        }

        if (options.Guardrails is not { } guardrails)
        {
            return;
        }

        report.CheckPolicy($"{Section}.on_failure", guardrails.OnFailure, "way to fail", KnownPolicies.GuardFailures);
        report.CheckPolicy($"{Section}.other_routes", guardrails.OtherRoutes, "way with other routes", KnownPolicies.OtherRoutes);
        report.CheckPositive($"{Section}.window.time", guardrails.Window.Time);
        foreach (var (name, guard) in guardrails.Guards)
        {
            CheckGuard(name, guard, options, report);
        }

        CheckSteps(guardrails.Input, Section, "input", guardrails, report);
        CheckSteps(guardrails.Output, Section, "output", guardrails, report);
        foreach (var (name, policy) in guardrails.Policies)
        {
            CheckPolicy(name, policy, guardrails, report);
        }
    }

    private static void CheckGuard(string name, GuardOptions guard, GatewayOptions options, RuleReport report)
    {
        var path = ConfigPath.Key($"{Section}.guards", name);
        if (GuardKind.Ready.Contains(name))
        {
            report.Add(path, $"{Quoting.Quote(name)} is the guard without settings; write another name, and use that in the policies");
        }
        else if (!Names.IsPool(name))
        {
            report.Add(path, $"{Quoting.Quote(name)} cannot name a guard; use letters, digits, and . _ - after the first");
        }

        GuardSettingRules.Check(guard, path, options, report);
    }

    private static void CheckPolicy(string name, GuardPolicyOptions policy, GuardrailOptions guardrails, RuleReport report)
    {
        var path = ConfigPath.Key($"{Section}.policies", name);
        if (name is GuardrailOptions.NoPolicy or GuardrailOptions.DefaultPolicy)
        {
            report.Add(path, $"{Quoting.Quote(name)} is a policy already: {GuardrailOptions.DefaultPolicy} is input and output above, {GuardrailOptions.NoPolicy} inspects nothing; write another name");
        }
        else if (!Names.IsPool(name))
        {
            report.Add(path, $"{Quoting.Quote(name)} cannot name a policy; use letters, digits, and . _ - after the first");
        }

        if (policy is { Input: [], Output: [] })
        {
            report.Add(path, $"the policy has no guards; write input: or output:, or use {GuardrailOptions.NoPolicy} instead of it");
        }

        CheckSteps(policy.Input, path, "input", guardrails, report);
        CheckSteps(policy.Output, path, "output", guardrails, report);
    }

    private static void CheckSteps(IReadOnlyList<GuardStepOptions> steps, string policy, string direction, GuardrailOptions guardrails, RuleReport report)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            var (step, path) = (steps[i], ConfigPath.Item($"{policy}.{direction}", i));
            report.CheckPolicy($"{path}.action", step.Action, "action of a guard", KnownPolicies.GuardActions);
            if (step.OnFailure is { } failure)
            {
                report.CheckPolicy($"{path}.on_failure", failure, "way to fail", KnownPolicies.GuardFailures);
            }

            CheckRestore(step, $"{path}.restore", direction, report);
            string[] known = [.. GuardKind.Ready, .. guardrails.Guards.Keys];
            if (GuardKind.SettingsOf(step.Guard, guardrails) is not { } settings)
            {
                if (report.WasRead($"{Section}.guards"))
                {
                    report.Add($"{path}.guard", $"{Quoting.Quote(step.Guard)} is no guard{Spelling.Suggest(step.Guard, known)}; the guards are {Quoting.List(known)}");
                }

                continue;
            }

            if (steps.Take(i).Any(other => other.Guard == step.Guard))
            {
                report.Add($"{path}.guard", $"{Quoting.Quote(step.Guard)} is already in this list; keep one of the two, or give one of them settings and a name of its own");
            }

            if (GuardKind.Of(settings) is { } kind)
            {
                CheckKind(step, kind, path, direction, report);
            }
        }
    }

    private static void CheckKind(GuardStepOptions step, GuardKind kind, string path, string direction, RuleReport report)
    {
        if (step.Action == GuardStepOptions.Redact && !kind.Redacts)
        {
            report.Add($"{path}.action", $"a guard of kind {kind.Name} judges a text as a whole and has nothing to redact; write block or flag");
        }

        if (kind.IsForAnswers && direction == "input")
        {
            report.Add($"{path}.guard", $"a guard of kind {kind.Name} judges answers; move it to output");
        }

        if (kind.Name == "webhook" && step.OnFailure is null)
        {
            report.Add(path, "nothing says what happens when the webhook fails; write on_failure: shut or on_failure: open");
        }
    }

    private static void CheckRestore(GuardStepOptions step, string path, string direction, RuleReport report)
    {
        if (step.Restore && direction == "output")
        {
            report.Add(path, "what is redacted in an answer is hidden from the caller; write restore in input, where it is hidden from the model");
        }
        else if (step.Restore && step.Action != GuardStepOptions.Redact)
        {
            report.Add(path, $"a step that does not redact has nothing to restore; write action: {GuardStepOptions.Redact}, or remove restore");
        }
    }

    private static void CheckChoice(string? policy, string path, GatewayOptions options, RuleReport report)
    {
        if (policy is null || !report.WasRead(Section))
        {
            return;
        }

        if (options.Guardrails is not { } guardrails)
        {
            report.Add(path, "there are no guards that this could choose from; write a guardrails: section, or remove it");
            return;
        }

        string[] known = [GuardrailOptions.DefaultPolicy, GuardrailOptions.NoPolicy, .. guardrails.Policies.Keys];
        if (!known.Contains(policy) && report.WasRead($"{Section}.policies"))
        {
            report.Add(path, $"{Quoting.Quote(policy)} is no policy of guards{Spelling.Suggest(policy, known)}; the policies are {Quoting.List(known)}");
        }
    }
}
