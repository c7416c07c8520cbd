using Gateway.Configuration.Rules;

namespace Gateway.Configuration;

/// <summary>What the parts of the file must be to one another: names that lead somewhere, limits that fit together.</summary>
public static class ConfigRules
{
    /// <summary>Every rule that the options break; empty when they can be served.</summary>
    /// <param name="options">The options, from a file or built in code.</param>
    /// <param name="known">Policies that exist.</param>
    /// <param name="marks">Where the keys stand in the file, and what could not be read; absent for options built in code.</param>
    public static IReadOnlyList<ConfigError> Check(GatewayOptions options, KnownPolicies known, ConfigMarks? marks = null)
    {
        var report = new RuleReport(marks ?? new ConfigMarks());
        ServerRules.Check(options.Server, report);
        PoolRules.Check(options.Pools, known, report);
        ModelRules.Check(options, known, report);
        RoutingRuleRules.Check(options, report);
        AliasRules.Check(options, report);
        StateRules.Check(options.State, report);
        LearningRules.Check(options, report);
        ResumeRules.Check(options, report);
        RoutingRules.Check(options, known, report);
        CacheRules.Check(options, report);
        GuardRules.Check(options, report);
        return report.Errors;
    }
}
