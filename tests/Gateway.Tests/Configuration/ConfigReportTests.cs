using Gateway.Configuration;

namespace Gateway.Tests.Configuration;

public sealed class ConfigReportTests
{
    private const string Example =
        """
        callers      http://0.0.0.0:8080/
        admin        http://127.0.0.1:9090/
        requests     up to 32 MiB; on SIGTERM answers may run 110s more
        retries      3 attempts per pool; a pool may retry 20% of its requests, and 10 a second whatever the share
        cache        callers that show the same key share answers for 1h, up to 256 MiB in memory; not above temperature 1, in tool loops, with attachments or n above 1
        guards       requests: secrets blocks, then pii redacts and restores, then prices flags; answers: leak flags
                     other routes of guarded models are refused
                     policy strict: requests: keys blocks, then takeover blocks, then people redacts; answers: repeats blocks, then people redacts
                     auto: policy default

        pools
          slm: Qwen/Qwen3-8B, 2 replicas, cost
            http://10.0.1.4:8000/
            http://10.0.1.5:8000/
            context    32768 tokens
            price      USD 0.05 in, 0.01 cached in, 0.20 out per million tokens
            group      internal
            metrics    of replicas at http addresses, every 250ms while busy, every 5s while idle
            key        none
            timeouts   connect 2s, first token 60s, idle 30s, total 15m
            probe      GET /health every 2s, waits 1s
            breaker    opens after 3 faults in a row for 1s, at most 30s
            health     probes are ignored while fewer than 50% of the replicas are reachable; newcomers get their full share after 10s
            admission  at most 64 in flight per replica, fewer while it is busy; 512 wait up to 30s; batch from priority 10 on, in up to 80% of the places
            readiness  the gateway is ready only while this pool can answer
          llm: zai-org/GLM-5-FP8, 2 replicas, cost
            http://10.0.2.4:8000/
            http://10.0.2.5:8000/
            context    200000 tokens
            price      USD 0.60 in, 0.11 cached in, 2.20 out per million tokens
            group      none
            metrics    of replicas at http addresses, every 250ms while busy, every 5s while idle
            key        none
            timeouts   connect 2s, first token 2m, idle 30s, total 15m
            probe      GET /health every 2s, waits 1s
            breaker    opens after 3 faults in a row for 1s, at most 30s
            health     probes are ignored while fewer than 50% of the replicas are reachable; newcomers get their full share after 10s
            admission  in flight per replica as learned; 512 wait up to 30s; batch from priority 10 on, in up to 80% of the places
            readiness  the gateway is ready only while this pool can answer
          overflow: glm-5, 1 replica, cost
            https://api.provider.example/openai
            context    not checked
            price      USD 1.00 in, 1.00 cached in, 3.20 out per million tokens
            group      none
            metrics    of replicas at http addresses, every 250ms while busy, every 5s while idle
            key        set, not shown
            timeouts   connect 2s, first token 60s, idle 30s, total 15m
            probe      GET /v1/models every 30s, waits 5s
            breaker    opens after 3 faults in a row for 1s, at most 30s
            health     probes are ignored while fewer than 50% of the replicas are reachable; newcomers get their full share after 10s
            admission  in flight per replica as learned; 512 wait up to 30s; batch from priority 10 on, in up to 80% of the places
            readiness  the gateway is ready whether or not this pool can answer

        models
          auto: the learned score decides between slm and llm: the hardest 30% to llm; answers of the smaller are judged on 32 tokens before they are shown; when these cannot answer, overflow; for 5% of the conversations the routing of auto-next is logged beside it
          auto-next: the learned score decides between slm and llm: the hardest 20% to llm
          glm-5: pool llm; when these cannot answer, overflow
          qwen3-8b: pool slm; never leaves group internal
          sales: pool llm with adapter sales-lora

        aliases
          openai/glm-5 -> glm-5
          openai/openai/glm-5 -> glm-5
          gpt-* -> auto

        rules, the first that matches wins
          long-context: request.prompt_tokens > 24000 -> llm
          busy: pools.slm.healthy > 0 && pools.llm.in_flight > 200 * pools.llm.healthy -> slm, then overflow
          gradual: "x-team" in headers && headers["x-team"] in ["search", "support"] -> 90% to glm-5, 10% to qwen3-8b
          background: "x-batch" in headers -> priority 10, then the rules below
          confidential: "x-confidential" in headers -> within group internal, then the rules below
          children: "x-children" in headers -> guards' policy strict, then the rules below
          no-images: request.has_images -> turned away with 400: This gateway answers text only.

        """;

    [Fact]
    public void Writes_one_line_for_each_error()
    {
        var report = ConfigReport.Errors("gateway.yaml", Sample.Parse("pools:\n  slm: { replicas: [http://a:1] }\n  b: 5\n---\n").Errors);

        Assert.Equal(
            [
                "gateway.yaml:2:3: pools.slm.model: is missing; write it: the name the replicas serve; sent upstream byte for byte",
                "gateway.yaml:3:6: pools.b: \"5\" stands where the file needs a mapping with the keys model, replicas, discover, context_tokens, price, "
                    + "api_key, group, tls, revision, owned_by, required, balancing, first_token_objective, timeouts, probe, metrics, breaker, health, admission",
                "gateway.yaml:4:1: a second document starts here; the file holds exactly one: remove the line --- and join the two",
            ],
            report.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Says_what_the_example_would_do()
    {
        var report = ConfigReport.Summary(Sample.Valid(Sample.Example));

        Assert.Equal(Example, report);
    }

    [Fact]
    public void Names_the_models_of_a_file_without_models()
    {
        Assert.EndsWith("\nmodels\n  slm, m: pool slm\n", ConfigReport.Summary(Sample.Valid(Sample.Smallest)));
    }

    [Theory]
    [InlineData("{ dns: vllm.ai.svc, port: 8000 }", "replicas as the addresses of vllm.ai.svc say, port 8000")]
    [InlineData("{ dns: _http._tcp.vllm.ai.svc, srv: true }", "replicas as the SRV records of _http._tcp.vllm.ai.svc say")]
    [InlineData(
        "{ kubernetes: { service: vllm, namespace: ai, port: 8000 } }",
        "replicas as the EndpointSlices of service vllm in namespace ai say, port 8000")]
    public void Says_where_replicas_are_found(string discover, string line)
    {
        var report = ConfigReport.Summary(Sample.Valid($"pools: {{ slm: {{ model: m, discover: {discover}, health: {{ panic: 0 }} }} }}"));

        Assert.Contains($"  slm: m, {line}, cost\n", report, StringComparison.Ordinal);
        Assert.Contains("probes are always believed", report, StringComparison.Ordinal);
    }
}
