using System.Text;
using Gateway.Configuration.Reading;

namespace Gateway.Configuration;

/// <summary>The words of <c>gateway check</c>: what is wrong with a file, or what it would do. Shows no secret.</summary>
public static class ConfigReport
{
    /// <summary>One line for each error: <c>gateway.yaml:12:7: pools.slm.model: …</c>.</summary>
    public static string Errors(string file, IReadOnlyList<ConfigError> errors) =>
        string.Concat(errors.Select(error => $"{file}:{error}\n"));

    /// <summary>What a gateway with these options would do.</summary>
    public static string Summary(GatewayOptions options)
    {
        var text = new StringBuilder();
        var server = options.Server;
        text.Append($"callers      {server.Listen}\n");
        text.Append($"admin        {server.Admin}\n");
        text.Append($"requests     up to {ByteSize.Write(server.MaxRequestBytes)}; ");
        text.Append($"on SIGTERM answers may run {Duration.Write(server.Drain)} more\n");
        text.Append($"retries      {Count(options.Retries.AttemptsPerPool, "attempt")} per pool; ");
        text.Append($"a pool may retry {options.Retries.BudgetRatio:0.##%} of its requests, ");
        text.Append($"and {options.Retries.BudgetPerSecond:0.##} a second whatever the share\n");
        CacheSummary.Append(text, options);
        GuardSummary.Append(text, options);
        text.Append("\npools\n");
        foreach (var (name, pool) in options.Pools)
        {
            Append(text, name, pool);
        }

        AppendModels(text, options);
        AppendAliases(text, options.Aliases);
        RuleSummary.Append(text, options);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string name, PoolOptions pool)
    {
        text.Append($"  {name}: {pool.Model}, {Members(pool)}, {pool.Balancing}\n");
        foreach (var replica in pool.Replicas)
        {
            text.Append($"    {replica}\n");
        }

        text.Append($"    context    {(pool.ContextTokens is { } tokens ? $"{tokens} tokens" : "not checked")}\n");
        text.Append($"    price      {Price(pool.Price)}\n");
        text.Append($"    group      {pool.Group ?? "none"}\n");
        text.Append($"    metrics    {Scrapes(pool.Metrics)}\n");
        text.Append($"    key        {(pool.ApiKey is null ? "none" : "set, not shown")}\n");
        text.Append($"    timeouts   connect {Duration.Write(pool.Timeouts.Connect)}, ");
        text.Append($"first token {Duration.Write(pool.Timeouts.FirstToken)}, ");
        text.Append($"idle {Duration.Write(pool.Timeouts.Idle)}, total {Duration.Write(pool.Timeouts.Total)}\n");
        text.Append($"    probe      GET {pool.Probe.Path} every {Duration.Write(pool.Probe.Interval)}, ");
        text.Append($"waits {Duration.Write(pool.Probe.Timeout)}\n");
        text.Append($"    breaker    opens after {Count(pool.Breaker.Faults, "fault")} in a row for {Duration.Write(pool.Breaker.Open)}, ");
        text.Append($"at most {Duration.Write(pool.Breaker.MaxOpen)}\n");
        text.Append($"    health     {Health(pool.Health)}\n");
        text.Append($"    admission  {Admission(pool.Admission)}\n");
        text.Append($"    readiness  the gateway is ready {(pool.Required ? "only while" : "whether or not")} this pool can answer\n");
    }

    private static string Members(PoolOptions pool) => pool.Discover switch
    {
        null => Count(pool.Replicas.Count, "replica"),
        { Kubernetes: { } service } =>
            $"replicas as the EndpointSlices of service {service.Service} in namespace {service.Namespace} say, port {service.Port}",
        { Srv: true } discover => $"replicas as the SRV records of {discover.Dns} say",
        { } discover => $"replicas as the addresses of {discover.Dns} say, port {discover.Port}",
    };

    private static string Health(HealthOptions health)
    {
        var panic = health.Panic > 0 ? $"probes are ignored while fewer than {health.Panic:0.##%} of the replicas are reachable" : "probes are always believed";
        return $"{panic}; newcomers get their full share after {Duration.Write(health.SlowStart)}";
    }

    private static void AppendModels(StringBuilder text, GatewayOptions options)
    {
        text.Append("\nmodels\n");
        foreach (var (name, model) in options.Models)
        {
            text.Append($"  {name}: {Plan(model, options.Routing)}\n");
        }

        if (options.Models.Count == 0)
        {
            foreach (var (name, pool) in options.Pools)
            {
                text.Append($"  {name}, {pool.Model}: pool {name}\n");
            }
        }
    }

    private static void AppendAliases(StringBuilder text, IReadOnlyDictionary<string, string> aliases)
    {
        if (aliases.Count > 0)
        {
            text.Append("\naliases\n");
        }

        foreach (var (alias, model) in aliases)
        {
            text.Append($"  {alias} -> {model}\n");
        }
    }

    private static string Plan(ModelOptions model, RoutingOptions routing)
    {
        var first = model.Cascade is { } cascade
            ? $"the {cascade.Scorer ?? routing.Scorer} score{Source(cascade.Artefact ?? routing.Artefact)} decides between {string.Join(" and ", cascade.Pools)}: {Choice(cascade)}"
            : $"pool {model.Pool}";
        var then = model.Fallback.Count == 0 ? "" : $"; when these cannot answer, {string.Join(", then ", model.Fallback)}";
        var trial = model.Trial is not { } tried ? ""
            : tried.Shadow ? $"; for {tried.Share:0.##%} of the conversations the routing of {tried.Model} is logged beside it"
            : $"; {tried.Share:0.##%} of the conversations are routed as {tried.Model}";
        var adapter = model.Adapter is { } name ? $" with adapter {name}" : "";
        var group = model.Group is { } bound ? $"; never leaves group {bound}" : "";
        return first + adapter + Judging(model.Verify) + then + trial + group;
    }

    private static string Source(string? artefact) => artefact is null ? "" : $", as trained in {artefact},";

    private static string Choice(CascadeOptions cascade)
    {
        var large = cascade.Pools[^1];
        var floor = cascade.Floor is { } score ? $", and from {score:0.###} on whatever the share" : "";
        return cascade switch
        {
            { Threshold: { } threshold } => $"from {threshold:0.###} on {large}",
            { CostPerThousand: { } usd } => $"as many of the hardest to {large} as makes USD {usd:0.##} for a thousand requests{floor}",
            _ => $"the hardest {cascade.LlmShare ?? CascadeOptions.DefaultShare:0.##%} to {large}{floor}",
        };
    }

    private static string Judging(VerifyOptions? verify) => verify is null ? "" : verify.Logprobs
        ? $"; answers of the smaller are judged on {Count(verify.Tokens, "token")} before they are shown"
        : "; answers of the smaller are checked before they are shown";

    private static string Scrapes(MetricsOptions metrics) =>
        metrics.Scrape == false ? "not read"
        : $"{(metrics.Scrape is null ? "of replicas at http addresses, " : "")}every {Duration.Write(metrics.Interval)} while busy, "
            + $"every {Duration.Write(metrics.IdleInterval)} while idle";

    private static string Price(PriceOptions? price) =>
        price is null
            ? "unknown, cost is not counted"
            : $"USD {price.Input} in, {price.CachedInput ?? price.Input} cached in, {price.Output} out per million tokens";

    private static string Admission(AdmissionOptions admission) => !admission.Enabled ? "off, every request goes to a replica at once"
        : (admission.InFlightPerReplica is { } most ? $"at most {most} in flight per replica, fewer while it is busy" : "in flight per replica as learned")
        + $"; {admission.Queue} wait up to {Duration.Write(admission.QueueTimeout)}; "
        + $"batch from priority {admission.BatchPriority} on, in up to {admission.BatchShare:0.##%} of the places";

    private static string Count(int count, string word) => count == 1 ? $"1 {word}" : $"{count} {word}s";
}
