using System.Text;

namespace Gateway.Configuration;

/// <summary>The guards in the words of <c>gateway check</c>.</summary>
internal static class GuardSummary
{
    public static void Append(StringBuilder text, GatewayOptions options)
    {
        if (options.Guardrails is not { } guardrails)
        {
            text.Append("guards       none: texts pass as they are; write guardrails: to have them inspected\n");
            return;
        }

        var other = guardrails.OtherRoutes == GuardrailOptions.Pass ? "served without inspection" : "refused";
        text.Append($"guards       {Words(guardrails.Input, guardrails.Output, guardrails)}\n");
        text.Append($"             other routes of guarded models are {other}\n");
        foreach (var (name, policy) in guardrails.Policies)
        {
            text.Append($"             policy {name}: {Words(policy.Input, policy.Output, guardrails)}\n");
        }

        foreach (var (name, model) in options.Models)
        {
            if (model.Guardrails is { } policy)
            {
                text.Append($"             {name}: policy {policy}\n");
            }
        }
    }

    private static string Words(IReadOnlyList<GuardStepOptions> input, IReadOnlyList<GuardStepOptions> output, GuardrailOptions all)
    {
        var requests = input.Count == 0 ? "requests are not inspected" : $"requests: {string.Join(", then ", input.Select(step => Words(step, all)))}";
        var answers = output.Count == 0 ? "answers are not inspected" : $"answers: {string.Join(", then ", output.Select(step => Words(step, all)))}";
        return $"{requests}; {answers}";
    }

    private static string Words(GuardStepOptions step, GuardrailOptions all)
    {
        var restores = step.Restore ? " and restores" : "";
        var failure = (step.OnFailure ?? all.OnFailure) == GuardStepOptions.Open ? " (fails open)" : "";
        return $"{step.Guard} {step.Action}s{restores}{failure}";
    }
}
