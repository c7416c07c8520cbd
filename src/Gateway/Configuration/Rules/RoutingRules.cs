namespace Gateway.Configuration.Rules;

/// <summary>Rules of the <c>routing</c> section.</summary>
internal static class RoutingRules
{
    public static void Check(RoutingOptions routing, KnownPolicies known, RuleReport report)
    {
        report.CheckPolicy("routing.scorer", routing.Scorer, "scorer", known.Scorers);
        CheckArtefact(routing.Artefact, report);
        for (var i = 0; i < routing.Keywords.Words.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(routing.Keywords.Words[i]))
                report.Add(ConfigPath.Item("routing.keywords.words", i), "an empty word stands in every text; write a word, or leave the entry out");
        }
    }

    private static void CheckArtefact(string? path, RuleReport report)
    {
        if (path is not null && ArtefactFile.Read(path).Error is { } error)
            report.Add("routing.artefact", $"{Quoting.Quote(path)} is no scorer's artefact: {error}; train one, or remove the line to use the gateway's own");
    }
}
