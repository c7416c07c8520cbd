using System.Text;
using Gateway.Routing.Rules.Cel;
using Gateway.Routing.Rules.Facts;

namespace Gateway.Configuration;

/// <summary>The rules in the words of <c>gateway check</c>.</summary>
internal static class RuleSummary
{
    public static void Append(StringBuilder text, GatewayOptions options)
    {
        if (options.Rules.Count == 0)
        {
            return;
        }

        text.Append("\nrules, the first that matches wins\n");
        var variables = RuleVariables.For(options.Pools.Keys, options.Routing.RulesSeeText);
        foreach (var rule in options.Rules)
        {
            text.Append($"  {rule.Name}: {rule.When.ReplaceLineEndings(" ").Trim()} -> {Outcome(rule)}\n");
            var unmeasured = CelCompiler.Compile(rule.When, variables).Program?.Names.Where(RuleVariables.IsUnmeasured) ?? [];
            foreach (var name in unmeasured)
            {
                text.Append($"    note: {name} is not measured yet and is 0\n");
            }
        }
    }

    private static string Outcome(RuleOptions rule)
    {
        var beside = (rule.Priority is { } priority ? $", priority {priority}" : "") + (rule.Group is { } group ? $", within group {group}" : "")
            + (rule.Cache is { } cache ? $", {CacheSummary.Words(cache)}" : "")
            + (rule.Guardrails is { } guards ? $", guards' policy {guards}" : "");
        var further = beside + (rule.Chain ? ", then the rules below" : "");
        if (rule.Reject is { } reject)
        {
            return $"turned away with {reject.Status}: {reject.Message}";
        }

        if (rule.Use.Count > 0)
        {
            return string.Join(", then ", rule.Use) + further;
        }

        if (rule.Split.Count == 0)
        {
            return $"{beside[2..]}, then the rules below";
        }

        var total = rule.Split.Values.Sum();
        return string.Join(", ", rule.Split.Select(pair => $"{pair.Value / total:0.##%} to {pair.Key}")) + further;
    }
}
