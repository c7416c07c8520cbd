using Gateway.Routing.Complexity;

namespace Gateway.Configuration.Rules;

/// <summary>Rules of the <c>routing</c> section, and of the artefacts that it and the cascades name.</summary>
internal static class RoutingRules
{
    public static void Check(GatewayOptions options, KnownPolicies known, RuleReport report)
    {
        var routing = options.Routing;
        report.CheckPolicy("routing.scorer", routing.Scorer, "scorer", known.Scorers);
        report.CheckArtefact("routing.artefact", routing.Artefact, "the gateway's own");
        CheckUse(options, report);
        for (var i = 0; i < routing.Keywords.Words.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(routing.Keywords.Words[i]))
                report.Add(ConfigPath.Item("routing.keywords.words", i), "an empty word stands in every text; write a word, or leave the entry out");
        }
    }

    /// <summary>An artefact that no scorer reads would be taken for one that is in force.</summary>
    private static void CheckUse(GatewayOptions options, RuleReport report)
    {
        var isUsed = ComplexityScorers.ReadsArtefact(options.Routing.Scorer);
        foreach (var (name, model) in options.Models)
        {
            if (model.Cascade is not { } cascade)
                continue;
            var scorer = cascade.Scorer ?? options.Routing.Scorer;
            var reads = ComplexityScorers.ReadsArtefact(scorer);
            isUsed |= reads && cascade.Artefact is null;
            if (!reads && cascade.Artefact is not null)
                report.Add($"{ConfigPath.Key("models", name)}.cascade.artefact", Unread(scorer));
        }

        if (!isUsed && options.Routing.Artefact is not null)
            report.Add("routing.artefact", Unread(options.Routing.Scorer));
    }

    private static string Unread(string scorer) =>
        $"scorer {Quoting.Quote(scorer)} reads no artefact; write scorer: {ComplexityScorers.Default}, or remove the line";
}
