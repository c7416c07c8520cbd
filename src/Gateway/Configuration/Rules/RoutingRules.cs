namespace Gateway.Configuration.Rules;

/// <summary>Rules of the <c>routing</c> section.</summary>
internal static class RoutingRules
{
    public static void Check(RoutingOptions routing, KnownPolicies known, RuleReport report)
    {
        report.CheckPolicy("routing.scorer", routing.Scorer, "scorer", known.Scorers);
        report.CheckArtefact("routing.artefact", routing.Artefact, "the gateway's own");
        for (var i = 0; i < routing.Keywords.Words.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(routing.Keywords.Words[i]))
                report.Add(ConfigPath.Item("routing.keywords.words", i), "an empty word stands in every text; write a word, or leave the entry out");
        }
    }
}
