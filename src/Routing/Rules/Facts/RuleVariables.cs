using Gateway.Routing.Rules.Cel.Checking;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Facts;

/// <summary>The variables of rules, and how each is read from what is known of a request.</summary>
public static class RuleVariables
{
    /// <summary>Names that are declared and not measured yet: they are always 0.</summary>
    private static readonly string[] Unmeasured = ["budget.used", "tokens_used", "budget_used"];

    private static readonly CelType Strings = CelType.MapOf(CelType.Text, CelType.Text);

    /// <summary>Declares them.</summary>
    /// <param name="pools">Names of the pools; each has variables of its own.</param>
    /// <param name="seesText">Whether rules may read what the user wrote.</param>
    public static CelVariables<RuleFacts> For(IEnumerable<string> pools, bool seesText)
    {
        var variables = new CelVariables<RuleFacts>()
            .Add("request.model", facts => facts.Model)
            .Add("request.prompt_tokens", facts => facts.PromptTokens)
            .Add("request.max_tokens", (RuleFacts facts, out long value) => Optional(facts.MaxTokens, out value))
            .Add("request.stream", facts => facts.IsStream)
            .Add("request.temperature", (RuleFacts facts, out double value) => Optional(facts.Temperature, out value))
            .Add("request.turns", facts => facts.Turns)
            .Add("request.has_tools", facts => facts.ToolNames.Count > 0)
            .Add("request.tool_names", facts => facts.ToolNames, CelType.ListOf(CelType.Text))
            .Add("request.has_images", facts => facts.HasImages)
            .Add("request.language", facts => facts.Language)
            .Add("request.text_length", facts => facts.TextLength)
            .Add("request.complexity", facts => facts.Complexity)
            .Add("tenant.id", facts => facts.TenantId)
            .Add("headers", facts => facts.Headers, Strings)
            .Add("budget.used", _ => 0.0)
            .Add("time", facts => CelTimestamp.Of(facts.Now));
        if (seesText)
            variables.Add("request.last_user_text", facts => facts.LastUserText);
        foreach (var pool in pools)
            AddPool(variables, pool);
        variables.Add<CelMap>("pools", facts => facts.Pools, CelType.MapOf(CelType.Text, CelType.MapOf(CelType.Text, CelType.Dyn)));
        return BifrostVariables.AddTo(variables, Strings);
    }

    /// <summary>Whether a variable is declared but not measured yet.</summary>
    public static bool IsUnmeasured(string name) => Array.Exists(Unmeasured, end => name.EndsWith(end, StringComparison.Ordinal)) || name == "request";

    private static void AddPool(CelVariables<RuleFacts> variables, string pool)
    {
        foreach (var field in PoolMap.Fields)
        {
            switch (PoolMap.TypeOf(field).Kind)
            {
                case CelKind.Int:
                    Add<long>(variables, pool, field);
                    break;
                case CelKind.Double:
                    Add<double>(variables, pool, field);
                    break;
                default:
                    Add<CelDuration>(variables, pool, field);
                    break;
            }
        }
    }

    private static void Add<T>(CelVariables<RuleFacts> variables, string pool, string field) =>
        variables.Add($"pools.{pool}.{field}", (RuleFacts facts, out T value) =>
        {
            value = default!;
            if (facts.Pools.Find(pool) is not { } found)
                return CelFault.NoSuchKey;
            return found.Read(field).TryGet(out value) ? CelFault.None : CelFault.NoSuchOverload;
        });

    private static CelFault Optional<T>(T? given, out T value)
        where T : struct
    {
        value = given.GetValueOrDefault();
        return given is null ? CelFault.NoSuchKey : CelFault.None;
    }
}
