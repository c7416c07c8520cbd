using Gateway.Routing;

namespace Gateway.Configuration.Rules;

/// <summary>Rules of the <c>pools</c> section.</summary>
internal static class PoolRules
{
    public static void Check(IReadOnlyDictionary<string, PoolOptions> pools, KnownPolicies known, RuleReport report)
    {
        if (pools.Count == 0)
        {
            report.Add("pools", "there is no pool; write at least one: pools: { slm: { model: NAME, replicas: [http://10.0.1.4:8000] } }");
        }

        foreach (var (name, pool) in pools)
        {
            var path = ConfigPath.Key("pools", name);
            if (!Names.IsPool(name))
            {
                report.Add(path, $"{Quoting.Quote(name)} cannot name a pool; use letters, digits, and . _ - after the first");
            }

            report.CheckPolicy($"{path}.balancing", pool.Balancing, "balancing", known.Balancing);
            CheckMembers(pool, path, report);
            CheckTimes(pool, path, report);
            TlsRules.Check(pool, $"{path}.tls", report);
            if (!pool.Probe.Path.StartsWith('/'))
            {
                report.Add($"{path}.probe.path", $"{Quoting.Quote(pool.Probe.Path)} is no path; write it from the root: /health");
            }
        }
    }

    private static void CheckMembers(PoolOptions pool, string path, RuleReport report)
    {
        if (pool.Discover is not null)
        {
            DiscoverRules.Check(pool.Discover, $"{path}.discover", report);
        }

        if (pool.Replicas.Count > 0 && pool.Discover is not null)
        {
            report.Add($"{path}.discover", "the pool has replicas as well; keep either replicas or discover", $"{path}.replicas");
        }
        else if (pool.Replicas.Count == 0 && pool.Discover is null)
        {
            const string Message = "there is no replica; write at least one address: [http://10.0.1.4:8000], or discover: { dns: NAME, port: 8000 }";
            report.Add($"{path}.replicas", Message, $"{path}.discover");
        }

        CheckReplicas(pool.Replicas, $"{path}.replicas", report);
    }

    private static void CheckReplicas(IReadOnlyList<Uri> replicas, string path, RuleReport report)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < replicas.Count; i++)
        {
            if (!seen.Add(new ApiAddress(replicas[i]).Api.AbsoluteUri))
            {
                var message = $"{Quoting.Quote(replicas[i].OriginalString)} is already in this list; keep one of the two";
                report.Add(ConfigPath.Item(path, i), message, path);
            }
        }
    }

    private static void CheckTimes(PoolOptions pool, string path, RuleReport report)
    {
        var (timeouts, probe, metrics, breaker) = ($"{path}.timeouts", $"{path}.probe", $"{path}.metrics", $"{path}.breaker");
        report.CheckPositive($"{timeouts}.connect", pool.Timeouts.Connect);
        report.CheckPositive($"{timeouts}.first_token", pool.Timeouts.FirstToken);
        report.CheckPositive($"{timeouts}.idle", pool.Timeouts.Idle);
        report.CheckPositive($"{timeouts}.total", pool.Timeouts.Total);
        report.CheckPositive($"{probe}.interval", pool.Probe.Interval);
        report.CheckPositive($"{probe}.timeout", pool.Probe.Timeout);
        report.CheckPositive($"{metrics}.interval", pool.Metrics.Interval);
        report.CheckPositive($"{breaker}.open", pool.Breaker.Open);
        report.CheckPositive($"{breaker}.max_open", pool.Breaker.MaxOpen);
        report.CheckPositive($"{path}.health.slow_start", pool.Health.SlowStart);
        report.CheckPositive($"{path}.admission.queue_timeout", pool.Admission.QueueTimeout);
        report.CheckOrder(timeouts, ("connect", pool.Timeouts.Connect), ("first_token", pool.Timeouts.FirstToken));
        report.CheckOrder(timeouts, ("first_token", pool.Timeouts.FirstToken), ("total", pool.Timeouts.Total));
        report.CheckOrder(metrics, ("interval", pool.Metrics.Interval), ("idle_interval", pool.Metrics.IdleInterval));
        report.CheckOrder(breaker, ("open", pool.Breaker.Open), ("max_open", pool.Breaker.MaxOpen));
    }
}
