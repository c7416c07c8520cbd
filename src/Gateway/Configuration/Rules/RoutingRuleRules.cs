using Gateway.Configuration.Reading;
using Gateway.Routing.Rules.Cel;
using Gateway.Routing.Rules.Cel.Checking;
using Gateway.Routing.Rules.Cel.Values;
using Gateway.Routing.Rules.Facts;

namespace Gateway.Configuration.Rules;

/// <summary>Rules of the <c>rules</c> section: conditions that compile, and outcomes that go together and name what exists.</summary>
internal static class RoutingRuleRules
{
    public static void Check(GatewayOptions options, RuleReport report)
    {
        if (options.Rules.Count == 0)
        {
            return;
        }

        var variables = RuleVariables.For(options.Pools.Keys, options.Routing.RulesSeeText);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < options.Rules.Count; i++)
        {
            var (rule, path) = (options.Rules[i], ConfigPath.Item("rules", i));
            if (!Names.IsPool(rule.Name))
            {
                report.Add($"{path}.name", $"{Quoting.Quote(rule.Name)} cannot name a rule; use letters, digits, and . _ - after the first");
            }
            else if (!seen.Add(rule.Name))
            {
                report.Add($"{path}.name", $"{Quoting.Quote(rule.Name)} names a rule above; write another name");
            }

            CheckCondition(rule, $"{path}.when", variables, report);
            CheckOutcome(rule, path, options, report);
        }
    }

    private static void CheckCondition(RuleOptions rule, string path, CelVariables<RuleFacts> variables, RuleReport report)
    {
        var (program, faults) = CelCompiler.Compile(rule.When, variables);
        foreach (var fault in faults)
        {
            report.AddWithin(path, fault.At.Line, fault.At.Column, fault.Message);
        }

        if (program is { Type: { IsDynamic: false } type } && type != CelType.Bool)
        {
            report.Add(path, $"the condition is a {type}; write one that is true or false");
        }
    }

    private static void CheckOutcome(RuleOptions rule, string path, GatewayOptions options, RuleReport report)
    {
        string[] outcomes =
        [
            .. rule.Use.Count > 0 ? ["use"] : Array.Empty<string>(),
            .. rule.Split.Count > 0 ? ["split"] : Array.Empty<string>(),
            .. rule.Reject is not null ? ["reject"] : Array.Empty<string>(),
        ];
        if (outcomes.Length == 0 && rule is { Priority: null, Group: null, Cache: null, Guardrails: null })
        {
            report.Add(path, "nothing becomes of the requests that match; write use:, split:, reject:, priority:, group:, cache: or guardrails:");
        }
        else if (outcomes.Length > 1)
        {
            report.Add($"{path}.{outcomes[1]}", $"{outcomes[0]} decides already; keep one of {Quoting.List(outcomes)}");
        }

        if (rule is { Chain: true, Reject: not null })
        {
            report.Add($"{path}.chain", "a request that is turned away goes no further; remove chain");
        }

        if (rule.Group is { } group)
        {
            report.CheckGroup($"{path}.group", group, options.Pools);
            CheckWithin(rule, path, group, options, report);
        }

        if (rule is { Priority: not null, Reject: not null })
        {
            report.Add($"{path}.priority", "a request that is turned away waits in no queue; remove priority");
        }

        if (rule is { Cache: not null, Reject: not null })
        {
            report.Add($"{path}.cache", "a request that is turned away has no answer to keep; remove cache");
        }

        if (rule is { Guardrails: not null, Reject: not null })
        {
            report.Add($"{path}.guardrails", "a request that is turned away goes nowhere; remove guardrails");
        }

        CheckUse(rule, $"{path}.use", options, report);
        CheckSplit(rule, $"{path}.split", options, report);
    }

    private static void CheckUse(RuleOptions rule, string path, GatewayOptions options, RuleReport report)
    {
        if (rule.Use.Count == 1)
        {
            CheckTarget(rule.Use[0], ConfigPath.Item(path, 0), options, report);
            return;
        }

        for (var i = 0; i < rule.Use.Count; i++)
        {
            report.CheckPool(ConfigPath.Item(path, i), rule.Use[i], options.Pools);
            if (rule.Use.Take(i).Contains(rule.Use[i]))
            {
                report.Add(ConfigPath.Item(path, i), $"{Quoting.Quote(rule.Use[i])} is already in this list; keep one of the two", path);
            }
        }

        if (rule is { Chain: true, Use.Count: > 1 })
        {
            report.Add($"{path[..path.LastIndexOf('.')]}.chain", "a plan of several pools is no model that the rules below could see; remove chain, or use one pool or model");
        }
    }

    /// <summary>Where a rule sends requests that it keeps from going there, each of them would end in an error.</summary>
    private static void CheckWithin(RuleOptions rule, string path, string group, GatewayOptions options, RuleReport report)
    {
        for (var i = 0; i < rule.Use.Count; i++)
        {
            CheckWithin(rule.Use[i], ConfigPath.Item($"{path}.use", i), group, options, report);
        }

        foreach (var name in rule.Split.Keys)
        {
            CheckWithin(name, ConfigPath.Key($"{path}.split", name), group, options, report);
        }
    }

    private static void CheckWithin(string name, string path, string group, GatewayOptions options, RuleReport report)
    {
        if (options.Models.TryGetValue(name, out var model))
        {
            string[] named = [.. model.Pool is null ? [] : new[] { model.Pool }, .. model.Cascade?.Pools ?? [], .. model.Fallback];
            if (named.Length > 0 && named.All(pool => options.Pools.TryGetValue(pool, out var known) && known.Group != group))
            {
                report.Add(path, $"no pool of the model {Quoting.Quote(name)} is of the group {Quoting.Quote(group)}, which these requests may not leave; write group: {group} under one of {Quoting.List(named)}, or another model here");
            }
        }
        else if (options.Pools.TryGetValue(name, out var pool) && pool.Group != group)
        {
            report.Add(path, $"the pool {Quoting.Quote(name)} is not of the group {Quoting.Quote(group)}, which these requests may not leave; write group: {group} under it, or another pool here");
        }
    }

    private static void CheckSplit(RuleOptions rule, string path, GatewayOptions options, RuleReport report)
    {
        foreach (var (name, weight) in rule.Split)
        {
            CheckTarget(name, ConfigPath.Key(path, name), options, report);
            if (weight is not (>= 0 and <= 1_000_000))
            {
                report.Add(ConfigPath.Key(path, name), $"\"{weight}\" is no weight; write a number from 0 to 1000000");
            }
        }

        if (rule.Split.Count > 0 && rule.Split.Values.Sum() <= 0)
        {
            report.Add(path, "all weights are 0; write at least one above it");
        }
    }

    private static void CheckTarget(string name, string path, GatewayOptions options, RuleReport report)
    {
        if (options.Pools.ContainsKey(name) || options.Models.ContainsKey(name) || !report.WasRead("pools") || !report.WasRead("models"))
        {
            return;
        }

        string[] known = [.. options.Pools.Keys.Concat(options.Models.Keys).Distinct()];
        report.Add(path, $"{Quoting.Quote(name)} is neither pool nor model{Spelling.Suggest(name, known)}; the known ones are {Quoting.List(known)}");
    }
}
