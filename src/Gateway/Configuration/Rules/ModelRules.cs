namespace Gateway.Configuration.Rules;

/// <summary>Rules of the <c>models</c> section, and of the names that stand in for it when it is absent.</summary>
internal static class ModelRules
{
    public static void Check(GatewayOptions options, KnownPolicies known, RuleReport report)
    {
        if (options.Models.Count == 0 && report.WasRead("models"))
        {
            CheckServedNames(options.Pools, report);
        }

        foreach (var (name, model) in options.Models)
        {
            TrialRules.Check(name, model, options.Models, report);
            var path = ConfigPath.Key("models", name);
            if (!Names.IsModel(name))
            {
                report.Add(path, $"{Quoting.Quote(name)} cannot name a model; use printable ASCII, no spaces, no * (patterns are aliases)");
            }

            CheckAnswering(model, path, options.Pools, report);
            CascadeRules.Check(model.Cascade, $"{path}.cascade", options.Pools, known, report);
            VerifyRules.Check(model, $"{path}.verify", known, report);
            CheckFallback(model, $"{path}.fallback", options.Pools, report);
            CheckGroup(model, path, options.Pools, report);
        }
    }

    /// <summary>Pools that a model names and could never use are a mistake: of the group, or of the list.</summary>
    private static void CheckGroup(ModelOptions model, string path, IReadOnlyDictionary<string, PoolOptions> pools, RuleReport report)
    {
        if (model.Group is not { } group)
        {
            return;
        }

        report.CheckGroup($"{path}.group", group, pools);
        IEnumerable<string> named = [.. model.Pool is null ? [] : new[] { model.Pool }, .. model.Cascade?.Pools ?? [], .. model.Fallback];
        foreach (var name in named.Distinct())
        {
            if (pools.TryGetValue(name, out var pool) && pool.Group != group)
            {
                report.Add($"{path}.group", $"the pool {name} is not of the group {Quoting.Quote(group)}, so this model would never use it; write group: {group} under it, or remove it here");
            }
        }
    }

    private static void CheckAnswering(ModelOptions model, string path, IReadOnlyDictionary<string, PoolOptions> pools, RuleReport report)
    {
        switch (model)
        {
            case { Pool: null, Cascade: null }:
                report.Add(path, $"nothing answers this model; write pool: or cascade: with one of {Quoting.List(pools.Keys)}");
                break;
            case { Pool: not null, Cascade: not null }:
                report.Add($"{path}.cascade", $"the model has pool {Quoting.Quote(model.Pool)} as well; keep either pool or cascade");
                break;
        }

        if (model.Pool is not null)
        {
            report.CheckPool($"{path}.pool", model.Pool, pools);
        }

        if (model.Cascade is not null)
        {
            CheckCascade(model.Cascade, $"{path}.cascade", pools, report);
        }
    }

    private static void CheckCascade(CascadeOptions cascade, string path, IReadOnlyDictionary<string, PoolOptions> pools, RuleReport report)
    {
        var list = $"{path}.pools";
        if (cascade.Pools.Count < 2)
        {
            var count = cascade.Pools.Count;
            report.Add(list, $"a cascade needs at least two pools and has {count}; write the small one, then the large one, or use pool:");
        }

        CheckNames(cascade.Pools, list, [], pools, report);
    }

    private static void CheckFallback(ModelOptions model, string path, IReadOnlyDictionary<string, PoolOptions> pools, RuleReport report)
    {
        HashSet<string> answering = [.. model.Cascade?.Pools ?? []];
        if (model.Pool is not null)
        {
            answering.Add(model.Pool);
        }

        CheckNames(model.Fallback, path, answering, pools, report);
    }

    private static void CheckNames(
        IReadOnlyList<string> names, string path, HashSet<string> taken, IReadOnlyDictionary<string, PoolOptions> pools, RuleReport report)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            var at = ConfigPath.Item(path, i);
            report.CheckPool(at, names[i], pools);
            if (taken.Contains(names[i]))
            {
                report.Add(at, $"{Quoting.Quote(names[i])} answers this model already; a fallback is another pool", path);
            }
            else if (!seen.Add(names[i]))
            {
                report.Add(at, $"{Quoting.Quote(names[i])} is already in this list; keep one of the two", path);
            }
        }
    }

    /// <summary>Without models, a name that means two pools would have to be guessed.</summary>
    private static void CheckServedNames(IReadOnlyDictionary<string, PoolOptions> pools, RuleReport report)
    {
        var owners = pools.Keys.ToDictionary(name => name, StringComparer.Ordinal);
        foreach (var (name, pool) in pools)
        {
            if (!owners.TryAdd(pool.Model, name) && owners[pool.Model] != name)
            {
                var message = $"{Quoting.Quote(pool.Model)} would mean pool {owners[pool.Model]} as well as pool {name}; "
                    + "say under models which one answers";
                report.Add($"{ConfigPath.Key("pools", name)}.model", message);
            }
        }
    }
}
