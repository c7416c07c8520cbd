using Gateway.Routing.Rules.Cel.Checking;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Facts;

/// <summary>The names that Bifrost's rules use, so that they can be brought along.</summary>
/// <remarks>
/// Its <c>request</c> is a number, the share used of a limit; ours is only ever the beginning of a longer name, so that both have
/// room. Its teams, customers and users do not exist here and are empty; its percentages are 0 as long as there are no limits.
/// </remarks>
internal static class BifrostVariables
{
    /// <summary>Thirds of the score, as the tiers it has names for.</summary>
    private const double MediumFrom = 1.0 / 3;
    private const double ComplexFrom = 2.0 / 3;

    private static readonly string[] Absent = ["team_id", "team_name", "customer_id", "customer_name", "user_id"];
    private static readonly string[] Percentages = ["tokens_used", "request", "budget_used"];

    public static CelVariables<RuleFacts> AddTo(CelVariables<RuleFacts> variables, CelType strings)
    {
        variables
            .Add("model", facts => facts.Model[(facts.Model.IndexOf('/') + 1)..])
            .Add("provider", facts => facts.Model.IndexOf('/') is var slash and > 0 ? facts.Model[..slash] : "")
            .Add("request_type", _ => "chat_completion")
            .Add("params", facts => facts.Parameters, strings)
            .Add("virtual_key_id", facts => facts.TenantId)
            .Add("virtual_key_name", facts => facts.TenantId)
            .Add("complexity_tier", facts => facts.Complexity switch { < MediumFrom => "SIMPLE", < ComplexFrom => "MEDIUM", _ => "COMPLEX" });
        foreach (var name in Absent)
            variables.Add(name, _ => "");
        foreach (var name in Percentages)
            variables.Add(name, _ => 0.0);
        return variables;
    }
}
