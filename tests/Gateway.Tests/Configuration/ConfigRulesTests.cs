using Gateway.Configuration;

namespace Gateway.Tests.Configuration;

public sealed class ConfigRulesTests
{
    private const string TwoPools = """
        pools:
          slm: { model: small, replicas: [http://a:1] }
          llm: { model: large, replicas: [http://b:1] }

        """;

    [Theory]
    [InlineData("{}", "1:1: pools: there is no pool; write at least one")]
    [InlineData("pools: {}", "1:1: pools: there is no pool")]
    [InlineData("pools: { s: { model: m, replicas: [] } }", "1:25: pools.s.replicas: there is no replica")]
    [InlineData(
        "pools: { s: { model: m, replicas: [http://a:1, http://A:1/] } }",
        "1:48: pools.s.replicas[1]: \"http://A:1/\" is already in this list")]
    [InlineData(
        "pools: { s: { model: m, replicas: [http://a:1, http://a:1/v1] } }",
        "1:48: pools.s.replicas[1]: \"http://a:1/v1\" is already in this list")]
    [InlineData("pools: { a b: { model: m, replicas: [http://a:1] } }", "1:10: pools.\"a b\": \"a b\" cannot name a pool")]
    [InlineData(
        "pools: { s: { model: m, replicas: [http://a:1], probe: { path: health } } }",
        "\"health\" is no path; write it from the root: /health")]
    [InlineData("pools: { s: { model: m } }", "1:10: pools.s.replicas: there is no replica; write at least one address: [http://10.0.1.4:8000], or discover:")]
    [InlineData("pools: { s: { model: m, replicas: [http://a:1], discover: { dns: a.b, port: 1 } } }", "1:49: pools.s.discover: the pool has replicas as well")]
    public void Every_pool_can_be_reached(string text, string error)
    {
        Assert.Contains(error, Sample.Error(text));
    }

    [Theory]
    [InlineData("{}", "1:25: pools.s.discover: nothing says where replicas are found; write either dns: NAME or kubernetes:")]
    [InlineData(
        "{ dns: a.b, port: 1, kubernetes: { service: a, namespace: b, port: 1 } }",
        "1:25: pools.s.discover: replicas are found in two ways; write either dns: NAME or kubernetes:")]
    [InlineData("{ dns: a.b }", "pools.s.discover: addresses have no port; write port: 8000, or srv: true")]
    [InlineData("{ dns: _a._tcp.b, srv: true, port: 80 }", "pools.s.discover.port: SRV records name the ports; remove port: 80, or srv")]
    [InlineData("{ dns: \"http://a.b\", port: 1 }", "pools.s.discover.dns: \"http://a.b\" is no DNS name; write it without scheme and port")]
    [InlineData("{ dns: 10.0.0.1, port: 1 }", "\"10.0.0.1\" is no DNS name")]
    [InlineData("{ dns: a..b, port: 1 }", "\"a..b\" is no DNS name")]
    [InlineData("{ dns: a.b, port: 0 }", "pools.s.discover.port: \"0\" is out of range; write a whole number from 1 to 65535")]
    [InlineData("{ dns: a.b, port: 1, resolver: 10.96.0.10 }", "\"10.96.0.10\" is no address of a DNS server; write IP and port: 10.96.0.10:53")]
    [InlineData("{ kubernetes: { service: a, namespace: b, port: 1 }, port: 1 }", "pools.s.discover.port: there is no dns that it would belong to")]
    [InlineData("{ kubernetes: { service: a, namespace: b } }", "pools.s.discover.kubernetes.port: is missing; write it: port that the pods serve on")]
    [InlineData("{ kubernetes: { service: a/b, namespace: b, port: 1 } }", "pools.s.discover.kubernetes.service: \"a/b\" cannot name a service")]
    [InlineData("{ kubernetes: { service: a, namespace: Ai, port: 1 } }", "\"Ai\" cannot name a namespace; use lower-case letters, digits and -")]
    public void Replicas_are_found_in_one_way_that_is_whole(string discover, string error)
    {
        Assert.Contains(error, Sample.Error($"pools: {{ s: {{ model: m, discover: {discover} }} }}"));
    }

    [Theory]
    [InlineData(
        "timeouts: { connect: 61s }",
        "5:5: pools.slm.timeouts.first_token: 60s is shorter than connect (61s); write at least 61s, or a shorter connect")]
    [InlineData(
        "timeouts: { total: 30s }",
        "5:24: pools.slm.timeouts.total: 30s is shorter than first_token (60s); write at least 60s, or a shorter first_token")]
    [InlineData("metrics: { interval: 6s }", "pools.slm.metrics.idle_interval: 5s is shorter than interval (6s)")]
    [InlineData("breaker: { open: 31s }", "pools.slm.breaker.max_open: 30s is shorter than open (31s)")]
    public void Times_fit_into_one_another(string line, string error)
    {
        Assert.Contains(error, Sample.Error($"{Sample.Smallest}    {line}\n"));
    }

    [Theory]
    [InlineData("a: {}", "5:3: models.a: nothing answers this model; write pool: or cascade: with one of slm, llm")]
    [InlineData(
        "a: { pool: slm, cascade: { pools: [slm, llm] } }",
        "5:19: models.a.cascade: the model has pool \"slm\" as well; keep either pool or cascade")]
    [InlineData("a: { pool: slmm }", "5:14: models.a.pool: \"slmm\" is no pool; did you mean \"slm\"?; the pools are slm, llm")]
    [InlineData("a: { cascade: { pools: [slm] } }", "models.a.cascade.pools: a cascade needs at least two pools and has 1")]
    [InlineData("a: { cascade: { pools: [slm, slm] } }", "5:32: models.a.cascade.pools[1]: \"slm\" is already in this list")]
    [InlineData("a: { pool: slm, fallback: [slm] }", "models.a.fallback[0]: \"slm\" answers this model already")]
    [InlineData("a: { cascade: { pools: [slm, llm] }, fallback: [llm] }", "models.a.fallback[0]: \"llm\" answers this model already")]
    [InlineData("a: { pool: slm, fallback: [llm, llm] }", "models.a.fallback[1]: \"llm\" is already in this list")]
    [InlineData("a: { pool: slm, verify: {} }", "5:19: models.a.verify: pool \"slm\" has no larger one to give an answer up to; write a cascade, or remove verify")]
    [InlineData(
        "a: { cascade: { pools: [slm, llm] }, verify: { checks: [empty, refusals] } }",
        "models.a.verify.checks[1]: \"refusals\" is no check of answers; did you mean \"refusal\"?; the known ones are tool_unparsable,")]
    [InlineData("a: { cascade: { pools: [slm, llm] }, verify: { hedge: { margin: 0 } } }", "models.a.verify.hedge.margin: \"0\" is out of range; write a number from 0.01 to 1")]
    [InlineData("a: { cascade: { pools: [slm, llm] }, verify: { min_confidence: 1.5 } }", "models.a.verify.min_confidence: \"1.5\" is")]
    [InlineData("a*: { pool: slm }", "models.\"a*\": \"a*\" cannot name a model")]
    public void Every_model_is_answered_by_pools_that_exist(string model, string error)
    {
        Assert.Contains(error, Sample.Error($"{TwoPools}models:\n  {model}\n"));
    }

    [Theory]
    [InlineData("a: { cascade: { pools: [slm, llm], scorer: keywords, artefact: none } }", "", "models.a.cascade.artefact: scorer \"keywords\" reads no artefact")]
    [InlineData("a: { cascade: { pools: [slm, llm], artefact: none } }", "routing: { scorer: keywords }", "models.a.cascade.artefact: scorer \"keywords\"")]
    [InlineData("a: { pool: slm }", "routing: { scorer: keywords, artefact: none }", "routing.artefact: scorer \"keywords\" reads no artefact; write scorer: learned")]
    public void No_artefact_is_named_where_no_scorer_reads_it(string model, string routing, string error)
    {
        Assert.Contains(Sample.Errors($"{TwoPools}models:\n  {model}\n{routing}\n"), one => one.Contains(error, StringComparison.Ordinal));
    }

    [Fact]
    public void The_sections_artefact_is_read_by_a_cascade_that_learns()
    {
        const string Text = "models: { a: { cascade: { pools: [slm, llm], scorer: learned } } }\nrouting: { scorer: keywords, artefact: none }\n";
        Assert.DoesNotContain(Sample.Errors(TwoPools + Text), one => one.Contains("reads no artefact", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("b: none", "6:6: aliases.b: \"none\" is no model; the models are a, c")]
    [InlineData("a: c", "6:6: aliases.a: \"a\" is a model itself, which the alias would hide")]
    [InlineData("\"g**\": a", "6:10: aliases.\"g**\": \"g**\" has ** in it")]
    [InlineData("\"g h\": a", "aliases.\"g h\": \"g h\" cannot be asked for")]
    [InlineData("b: slm", "\"slm\" is no model")]
    public void Every_alias_leads_to_a_model(string alias, string error)
    {
        Assert.Contains(error, Sample.Error($"{TwoPools}models: {{ a: {{ pool: slm }}, c: {{ pool: llm }} }}\naliases:\n  {alias}\n"));
    }

    [Fact]
    public void Aliases_do_not_chain()
    {
        Assert.Contains(
            "\"b\" is no model but an alias, and aliases do not chain; write \"slm\"",
            Sample.Error($"{TwoPools}aliases: {{ b: slm, c: b }}\n"));
    }

    [Theory]
    [InlineData("slm")]
    [InlineData("small")]
    public void Without_models_an_alias_leads_to_a_pool_or_to_the_model_it_serves(string target)
    {
        Assert.Equal(target, Sample.Valid($"{TwoPools}aliases: {{ \"gpt-*\": {target} }}\n").Aliases["gpt-*"]);
    }

    [Fact]
    public void Without_models_no_name_may_mean_two_pools()
    {
        const string Text = """
            pools:
              a: { model: same, replicas: [http://a:1] }
              b: { model: same, replicas: [http://b:1] }
              c: { model: c, replicas: [http://c:1] }
            """;

        Assert.Equal("3:15: pools.b.model: \"same\" would mean pool a as well as pool b; say under models which one answers", Sample.Error(Text));
        Sample.Valid(Text + "\nmodels: { same: { pool: a, fallback: [b] } }");
    }

    [Theory]
    [InlineData("http://127.0.0.1:80", "http://127.0.0.1:80", true)]
    [InlineData("http://0.0.0.0:80", "http://127.0.0.1:80", true)]
    [InlineData("http://10.0.0.1:80", "http://[::]:80", true)]
    [InlineData("http://localhost:80", "http://127.0.0.1:80", true)]
    [InlineData("http://10.0.0.1:80", "http://127.0.0.1:80", false)]
    [InlineData("http://127.0.0.1:0", "http://127.0.0.1:0", false)]
    public void Callers_and_administration_never_share_an_endpoint(string listen, string admin, bool refused)
    {
        var errors = Sample.Errors($"{Sample.Smallest}server:\n  listen: {listen}\n  admin: {admin}\n");

        Assert.Equal(refused, errors.Count == 1 && errors[0].StartsWith("7:10: server.admin: ", StringComparison.Ordinal));
        Assert.Equal(refused ? 1 : 0, errors.Count);
    }

    [Fact]
    public void An_unknown_policy_lists_the_known_ones()
    {
        Assert.Equal(
            "5:20: routing.scorer: \"neural\" is no scorer; the known ones are keywords, learned",
            Sample.Error($"{Sample.Smallest}routing: {{ scorer: neural }}\n"));
    }

    [Theory]
    [InlineData("redis: redis", "5:17: state.redis: \"redis\" is no server; write host and port: redis:6379")]
    [InlineData("redis: \"r1:6379,r2:0\"", "state.redis: \"r2:0\" is no server")]
    [InlineData("password: x", "state.password: there is no redis that would ask for it")]
    [InlineData("prefix: a b", "state.prefix: \"a b\" cannot begin a key")]
    public void A_state_that_could_not_be_reached_is_refused(string state, string error) =>
        Assert.Contains(error, Sample.Error($"{Sample.Smallest}state: {{ {state} }}\n"), StringComparison.Ordinal);

    [Fact]
    public void Judges_options_that_did_not_come_from_a_file()
    {
        var errors = ConfigRules.Check(new GatewayOptions { Aliases = new Dictionary<string, string> { ["a"] = "b" } }, Sample.Known);

        Assert.Equal(["pools", "aliases.a"], errors.Select(error => error.Path));
        Assert.All(errors, error => Assert.Equal((0, 0), (error.Line, error.Column)));
    }

    [Fact]
    public void Refuses_waits_of_no_time_in_options_built_in_code()
    {
        var pool = new PoolOptions { Model = "m", Replicas = [new Uri("http://a:1")], Timeouts = new TimeoutOptions { Idle = TimeSpan.Zero } };
        var errors = ConfigRules.Check(new GatewayOptions { Pools = new Dictionary<string, PoolOptions> { ["a"] = pool } }, Sample.Known);

        Assert.Equal("pools.a.timeouts.idle", Assert.Single(errors).Path);
    }

    [Theory]
    [InlineData("models: { m: { pool: slm, group: internal } }", "models.m.group: \"internal\" is the group of no pool; no pool has a group")]
    [InlineData("rules: [{ name: r, when: 'true', group: x }]", "rules[0].group: \"x\" is the group of no pool")]
    public void A_group_is_that_of_a_pool(string line, string error) =>
        Assert.Contains(Sample.Errors(TwoPools + line + "\n"), one => one.Contains(error, StringComparison.Ordinal));

    [Theory]
    [InlineData("use: out", "10:52: rules[0].use[0]: the pool \"out\" is not of the group \"internal\", which these requests may not leave; write group: internal under it, or another pool here")]
    [InlineData("use: [slm, out]", "10:58: rules[0].use[1]: the pool \"out\" is not of the group \"internal\", which these requests may not leave")]
    [InlineData("split: { slm: 1, out: 1 }", "rules[0].split.out: the pool \"out\" is not of the group \"internal\"")]
    [InlineData("use: far", "rules[0].use[0]: no pool of the model \"far\" is of the group \"internal\", which these requests may not leave; write group: internal under one of out, or another model here")]
    [InlineData("use: partner", "rules[0].use[0]: no pool of the model \"partner\" is of the group \"internal\", which these requests may not leave; write group: internal under one of own, or another model here")]
    [InlineData("use: slm", null)]
    [InlineData("use: near", null)]
    [InlineData("priority: 3", null)]
    public void A_rule_sends_nothing_where_it_keeps_it_from_going(string outcome, string? error)
    {
        var text = $$"""
            pools:
              slm: { model: small, replicas: [http://a:1], group: internal }
              out: { model: large, replicas: [https://b] }
              own: { model: other, replicas: [https://c], group: partner }
            models:
              near: { pool: slm, fallback: [out] }
              far: { pool: out }
              partner: { pool: own, group: partner }
            rules:
              - { name: r, when: 'true', group: internal, {{outcome}} }
            """;
        if (error is null)
            Assert.Equal([], Sample.Errors(text));
        else
            Assert.Contains(error, Sample.Error(text), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_bound_to_a_group_names_no_pool_outside_it()
    {
        const string text = """
            pools:
              slm: { model: small, replicas: [http://a:1], group: internal }
              out: { model: large, replicas: [https://b] }
            models: { m: { pool: slm, fallback: [out], group: internal } }
            """;
        Assert.Contains("models.m.group: the pool out is not of the group \"internal\"", Sample.Error(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tls: { ca: /nowhere/ca.pem }", "pools.p.tls.ca: \"/nowhere/ca.pem\" is no file of certificates: it cannot be read")]
    [InlineData("tls: { certificate: /nowhere/c.pem }", "pools.p.tls.certificate: \"/nowhere/c.pem\" cannot be shown to replicas")]
    [InlineData("tls: { key: /nowhere/c.key }", "pools.p.tls.key: \"/nowhere/c.key\" is the key of no certificate")]
    public void Files_for_TLS_are_there(string line, string error) =>
        Assert.Contains(error, Sample.Error($"pools: {{ p: {{ model: m, replicas: [https://h], {line} }} }}\n"), StringComparison.Ordinal);

    [Fact]
    public void There_is_something_to_use_TLS_for() =>
        Assert.Contains("no replica of this pool is at an https address", Sample.Error($"{Sample.Smallest}    tls: {{ server_name: x }}\n"), StringComparison.Ordinal);
}
