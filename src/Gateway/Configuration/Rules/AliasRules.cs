using Gateway.Configuration.Reading;

namespace Gateway.Configuration.Rules;

/// <summary>Rules of the <c>aliases</c> section.</summary>
internal static class AliasRules
{
    public static void Check(GatewayOptions options, RuleReport report)
    {
        if (!report.WasRead("models") || !report.WasRead("pools"))
        {
            return;
        }

        var models = Names.Models(options);
        foreach (var (alias, target) in options.Aliases)
        {
            var path = ConfigPath.Key("aliases", alias);
            if (!Names.IsAlias(alias))
            {
                report.Add(path, $"{Quoting.Quote(alias)} cannot be asked for; use printable ASCII without spaces");
            }

            if (alias.Contains("**", StringComparison.Ordinal))
            {
                report.Add(path, $"{Quoting.Quote(alias)} has ** in it; one * already stands for any characters");
            }

            if (models.Contains(alias))
            {
                report.Add(path, $"{Quoting.Quote(alias)} is a model itself, which the alias would hide; remove or rename the alias");
            }

            if (!models.Contains(target))
            {
                var advice = Advice(target, options.Aliases, models);
                report.Add(path, $"{Quoting.Quote(target)} is no model{advice}; the models are {Quoting.List(models)}");
            }
        }
    }

    private static string Advice(string target, IReadOnlyDictionary<string, string> aliases, IReadOnlyCollection<string> models) =>
        aliases.TryGetValue(target, out var next)
            ? $" but an alias, and aliases do not chain; write {Quoting.Quote(next)}"
            : Spelling.Suggest(target, models);
}
