namespace Gateway.Configuration.Rules;

/// <summary>Rules of how a cascade chooses: one way at most, and what that way needs.</summary>
internal static class CascadeRules
{
    public static void Check(
        CascadeOptions? cascade, string path, IReadOnlyDictionary<string, PoolOptions> pools, KnownPolicies known, RuleReport report)
    {
        if (cascade is null)
        {
            return;
        }

        CheckShare($"{path}.llm_share", cascade.LlmShare, report);
        CheckShare($"{path}.threshold", cascade.Threshold, report);
        CheckShare($"{path}.floor", cascade.Floor, report);
        CheckOneWay(cascade, path, report);
        CheckPrices(cascade, path, pools, report);
        if (cascade is { Threshold: not null, Floor: not null })
        {
            report.Add($"{path}.floor", "with a threshold every score from it on is answered by the large pool already; remove floor");
        }

        report.CheckArtefact($"{path}.artefact", cascade.Artefact, "routing.artefact");
        if (cascade.Scorer is { } scorer)
        {
            report.CheckPolicy($"{path}.scorer", scorer, "scorer", known.Scorers);
        }
    }

    private static void CheckShare(string path, double? value, RuleReport report)
    {
        if (value is { } given and not (>= 0 and <= 1))
        {
            report.Add(path, $"\"{given}\" is out of range; write a number from 0 to 1");
        }
    }

    private static void CheckOneWay(CascadeOptions cascade, string path, RuleReport report)
    {
        (string Key, double? Value)[] ways =
            [("llm_share", cascade.LlmShare), ("cost_per_thousand", cascade.CostPerThousand), ("threshold", cascade.Threshold)];
        string[] given = [.. ways.Where(way => way.Value is not null).Select(way => way.Key)];
        if (given.Length > 1)
        {
            report.Add($"{path}.{given[1]}", $"{given[0]} decides already; keep one of {Quoting.List(given)}");
        }
    }

    private static void CheckPrices(CascadeOptions cascade, string path, IReadOnlyDictionary<string, PoolOptions> pools, RuleReport report)
    {
        if (cascade.CostPerThousand is null)
        {
            return;
        }

        foreach (var name in cascade.Pools)
        {
            if (pools.TryGetValue(name, out var pool) && pool.Price is null)
            {
                report.Add($"{path}.cost_per_thousand", $"pool {Quoting.Quote(name)} has no price to reckon with; write its price, or llm_share");
            }
        }
    }
}
