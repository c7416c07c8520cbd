namespace Gateway.Tests.Configuration;

public sealed class ConfigErrorsTests
{
    [Fact]
    public void Reports_everything_that_is_wrong_at_once_with_its_place()
    {
        const string Text = """
            server:
              listen: 0.0.0.0:8080
              drain: 110
              max_request_bytes: 32MB
            pools:
              slm:
                modle: Qwen/Qwen3-8B
                replicas: [http://10.0.1.4:8000, ftp://10.0.1.5]
                context_tokens: many
                required: yes
                balancing: least_bussy
                timeouts:
                  first_token: "60"
                  connect: 2s
                  connect: 3s
              llm:
                model: zai-org/GLM-5-FP8
                replicas: []
            models:
              auto:
                cascade: { pools: [slm, lllm], threshold: 1.5 }
              glm-5: { pool: llm, fallback: [llm, overflow] }
            aliases:
              gpt-4: glm5
            retries: { attempts_per_pool: 0 }
            """;

        Assert.Equal(
            [
                "2:11: server.listen: \"0.0.0.0:8080\" is not an address; write http://0.0.0.0:8080",
                "3:10: server.drain: \"110\" is not a duration; write a number with a unit: 500ms, 60s, 15m, 2h",
                "4:22: server.max_request_bytes: \"32MB\" is not a size; write bytes or a number with KiB, MiB or GiB: 32MiB",
                "6:3: pools.slm.model: is missing; write it: the name the replicas serve; sent upstream byte for byte",
                "7:5: pools.slm.modle: unknown key \"modle\"; did you mean \"model\"?; the keys here are model, replicas, discover, context_tokens, price, "
                    + "api_key, group, tls, revision, owned_by, required, balancing, first_token_objective, timeouts, probe, metrics, breaker, health, admission",
                "8:38: pools.slm.replicas[1]: \"ftp://10.0.1.5\" is not an http address; write http:// or https://",
                "9:21: pools.slm.context_tokens: \"many\" is not a whole number; write digits only, from 1 to 100000000",
                "10:15: pools.slm.required: \"yes\" is not a switch; write true or false",
                "11:16: pools.slm.balancing: \"least_bussy\" is no balancing; did you mean \"least_busy\"?; the known ones are "
                    + "cost, least_busy, prefix_hash, round_robin",
                "13:20: pools.slm.timeouts.first_token: \"60\" is not a duration; write a number with a unit: 500ms, 60s, 15m, 2h",
                "15:7: pools.slm.timeouts.connect: \"connect\" is already written in line 14; keep one of the two",
                "18:5: pools.llm.replicas: there is no replica; write at least one address: [http://10.0.1.4:8000], or discover: { dns: NAME, port: 8000 }",
                "21:29: models.auto.cascade.pools[1]: \"lllm\" is no pool; did you mean \"llm\"?; the pools are slm, llm",
                "21:47: models.auto.cascade.threshold: \"1.5\" is out of range; write a number from 0 to 1",
                "22:34: models.glm-5.fallback[0]: \"llm\" answers this model already; a fallback is another pool",
                "22:39: models.glm-5.fallback[1]: \"overflow\" is no pool; the pools are slm, llm",
                "24:10: aliases.gpt-4: \"glm5\" is no model; did you mean \"glm-5\"?; the models are auto, glm-5",
                "25:31: retries.attempts_per_pool: \"0\" is out of range; write a whole number from 1 to 10",
            ],
            Sample.Errors(Text));
    }

    [Theory]
    [InlineData("llm_share: 0.3, threshold: 0.5", "models.auto.cascade.threshold: llm_share decides already; keep one of llm_share, threshold")]
    [InlineData("llm_share: 1.3", "models.auto.cascade.llm_share: \"1.3\" is out of range; write a number from 0 to 1")]
    [InlineData("cost_per_thousand: 2", "models.auto.cascade.cost_per_thousand: pool \"slm\" has no price to reckon with; write its price, or llm_share")]
    [InlineData("threshold: 0.5, floor: 0.9", "models.auto.cascade.floor: with a threshold every score from it on is answered by the large pool already; remove floor")]
    public void A_cascade_chooses_in_one_way_that_can_work(string choice, string error)
    {
        const string Pools = "{ slm: { model: a, replicas: [http://a] }, llm: { model: b, replicas: [http://b], price: { input: 1 } } }";
        var found = Sample.Error($"pools: {Pools}\nmodels:\n  auto: {{ cascade: {{ pools: [slm, llm], {choice} }} }}\n");
        Assert.EndsWith(error, found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto", "a model cannot be tried against itself; name another one")]
    [InlineData("nxt", "\"nxt\" is no model; did you mean \"next\"?; the models are auto, next, other")]
    [InlineData("other", "\"other\" has a trial of its own; a trial is of a model without one")]
    public void A_trial_is_of_another_model_without_one(string model, string error)
    {
        var found = Sample.Error($$"""
            pools: { slm: { model: a, replicas: [http://a] } }
            models:
              auto: { pool: slm, trial: { model: {{model}} } }
              next: { pool: slm }
              other: { pool: slm, trial: { model: next } }
            """);
        Assert.EndsWith($"models.auto.trial.model: {error}", found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tenants")]
    [InlineData("telemetry")]
    public void Says_plainly_that_a_section_does_not_exist(string section)
    {
        var error = Sample.Error($"{Sample.Smallest}{section}: {{ a: 1 }}\n");

        Assert.Equal($"5:1: {section}: unknown key \"{section}\"; the keys here are server, pools, models, aliases, rules, retries, resume, cache, guardrails, routing, state", error);
    }

    [Fact]
    public void Suggests_the_nearest_key_whatever_its_case()
    {
        Assert.Contains("did you mean \"max_request_bytes\"?", Sample.Error($"{Sample.Smallest}server: {{ MaxRequest_Bytes: 1MiB }}\n"));
        Assert.Contains("did you mean \"pools\"?", Sample.Errors("Pools: {}\n")[0] + Sample.Errors("Pools: {}\n")[1]);
    }

    [Theory]
    [InlineData("server: 5", "5:9: server: \"5\" stands where the file needs a mapping with the keys listen, ")]
    [InlineData("server: []", "5:9: server: a list stands where the file needs a mapping with the keys listen, ")]
    [InlineData("aliases: x", "5:10: aliases: \"x\" stands where the file needs a mapping of names")]
    [InlineData(
        "models: { a: { pool: slm, fallback: b } }",
        "5:37: models.a.fallback: \"b\" stands where the file needs a list, such as [first, second]")]
    [InlineData("models: { a: { pool: [slm] } }", "5:16: models.a.pool: a list stands where the file needs a text")]
    [InlineData("server: { drain: { s: 5 } }", "5:11: server.drain: a mapping stands where the file needs a duration, such as 60s")]
    [InlineData("server: { drain: }", "5:11: server.drain: has no value; write a duration, such as 60s or remove the key")]
    [InlineData(
        "server: { max_json_depth: \"64\" }",
        "5:27: server.max_json_depth: \"64\" is text because of its quotes; write a number without them")]
    public void Says_what_a_value_of_the_wrong_kind_should_be(string line, string error)
    {
        Assert.StartsWith(error, Sample.Error($"{Sample.Smallest}{line}\n"));
    }

    [Fact]
    public void Does_not_judge_a_value_again_that_could_not_be_read()
    {
        const string Text = """
            pools:
              slm: { model: m, replicas: [nonsense], timeouts: { connect: 5, first_token: 1s } }
            models: [a]
            aliases: { b: c }
            """;

        Assert.Equal(
            ["pools.slm.replicas[0]", "pools.slm.timeouts.connect", "models"],
            Sample.Parse(Text).Errors.Select(error => error.Path));
    }

    [Fact]
    public void A_load_is_either_options_or_errors()
    {
        Assert.True(Sample.Parse(Sample.Smallest).IsValid);
        Assert.Null(Sample.Parse("pools: 1").Options);
    }
}
