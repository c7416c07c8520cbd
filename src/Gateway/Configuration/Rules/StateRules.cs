namespace Gateway.Configuration.Rules;

/// <summary>Rules of the <c>state</c> section.</summary>
internal static class StateRules
{
    public static void Check(StateOptions state, RuleReport report)
    {
        foreach (var server in state.Redis?.Split(',') ?? [])
        {
            if (!Names.IsServer(server))
            {
                report.Add("state.redis", $"{Quoting.Quote(server)} is no server; write host and port: redis:6379");
            }
        }

        if (state.Redis is null && state.Password is not null)
        {
            report.Add("state.password", "there is no redis that would ask for it; write state.redis: HOST:PORT or remove the line");
        }

        if (!Names.IsPool(state.Prefix))
        {
            report.Add("state.prefix", $"{Quoting.Quote(state.Prefix)} cannot begin a key; use letters, digits, and . _ - after the first");
        }
    }
}
