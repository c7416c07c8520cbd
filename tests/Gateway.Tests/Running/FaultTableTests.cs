using System.Net;
using System.Text.Json;
using Gateway.Configuration;
using Gateway.Simulator;

namespace Gateway.Tests.Running;

/// <summary>The fault table: what one replica does wrong, and what the caller sees of it.</summary>
public sealed class FaultTableTests
{
    /// <summary>Faults that a second replica makes good, so that the caller sees a whole answer; per row streamed and not.</summary>
    public static TheoryData<string, bool> Hidden
    {
        get
        {
            var rows = new TheoryData<string, bool>();
            foreach (var fault in new[]
            {
                "refuse", "reset-before-headers", "status=429", "status=429;retry-after=7", "status=500", "status=502", "status=503", "status=401",
                "status=403", "status=404", "status=408", "cut-after=0", "error-frame-after=0", "abort-after=0", "garbage-after=0", "truncated-utf8-after=0",
            })
            {
                rows.Add(fault, false);
                rows.Add(fault, true);
            }

            // Only a stream has a first token to wait for.
            rows.Add("slow-first-token=5", true);
            rows.Add("stall-after=0", true);
            // A plain answer is whole before any of it is shown, so later faults are hidden too.
            rows.Add("cut-after=3", false);
            rows.Add("abort-after=3", false);
            rows.Add("error-frame-after=3", false);
            rows.Add("garbage-after=3", false);
            return rows;
        }
    }

    /// <summary>The same faults at every replica: fault, streamed or not, status, code.</summary>
    public static TheoryData<string, bool, int, string> Told
    {
        get
        {
            var rows = new TheoryData<string, bool, int, string>();
            foreach (var (fault, status, code) in new[]
            {
                ("refuse", 502, "upstream_failed"), ("reset-before-headers", 502, "upstream_failed"), ("status=429;retry-after=7", 429, "upstream_overloaded"),
                ("status=500", 502, "upstream_failed"), ("status=503", 502, "upstream_failed"), ("status=401", 502, "upstream_credentials"),
                ("cut-after=0", 502, "upstream_failed"), ("error-frame-after=0", 502, "upstream_failed"), ("abort-after=0", 503, "upstream_draining"),
                ("garbage-after=0", 502, "upstream_failed"), ("status=400", 400, "invalid_request"), ("status=422", 422, "upstream_refused"),
            })
            {
                rows.Add(fault, false, status, code);
                rows.Add(fault, true, status, code);
            }

            rows.Add("stall-after=0", true, 504, "upstream_timeout");
            rows.Add("stall-after=0", false, 504, "deadline_exceeded");
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Hidden))]
    public async Task A_second_replica_makes_it_good(string fault, bool stream)
    {
        await using var gateway = await StartAsync(replicas: 2);
        gateway.Slm[0].Faults.Always = Fault.Parse(fault);
        using var response = await gateway.ChatAsync(Ask.Chat(stream, model: "small", more: "\"max_tokens\":5"));
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}\n{string.Join('\n', gateway.Log.Lines)}");
        // Resets: a third one where the probe's connection was reused and had to be replaced first. Refusals: a single one where
        // a probe was refused before.
        var attempts = int.Parse(ChatTests.Header(response, "x-gateway-attempts"));
        Assert.InRange(attempts, fault == "refuse" ? 1 : 2, fault.StartsWith("re", StringComparison.Ordinal) ? 3 : 2);
        Assert.Equal(gateway.Slm[1].Address.Authority, ChatTests.Header(response, "x-gateway-replica"));
        await AssertWholeAsync(response, stream);
    }

    [Theory]
    [MemberData(nameof(Told))]
    public async Task When_no_replica_is_left_the_caller_learns_what_happened(string fault, bool stream, int status, string code)
    {
        await using var gateway = await StartAsync(replicas: 2);
        foreach (var replica in gateway.Slm)
            replica.Faults.Always = Fault.Parse(fault);
        using var response = await gateway.ChatAsync(Ask.Chat(stream, model: "small"));
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}\n{string.Join('\n', gateway.Log.Lines)}");
        Assert.Equal(code, (await ChatTests.ErrorAsync(response)).GetProperty("code").GetString());
        if (status == 429)
            Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter!.Delta);
    }

    [Theory]
    [InlineData("status=500", false)]
    [InlineData("status=500", true)]
    [InlineData("refuse", true)]
    [InlineData("abort-after=0", true)]
    [InlineData("status=429", false)]
    public async Task A_spent_pool_hands_over_to_the_next_one(string fault, bool stream)
    {
        await using var gateway = await StartAsync(replicas: 2);
        foreach (var replica in gateway.Slm)
            replica.Faults.Always = Fault.Parse(fault);
        using var response = await gateway.ChatAsync(Ask.Chat(stream, more: "\"max_tokens\":5"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("llm", ChatTests.Header(response, "x-gateway-pool"));
        await AssertWholeAsync(response, stream);
    }

    /// <summary>Once a token has been shown and no other replica can go on, a broken stream ends with an error, never with a clean end.</summary>
    [Theory]
    [InlineData("cut-after=3")]
    [InlineData("stall-after=3")]
    [InlineData("abort-after=3")]
    [InlineData("error-frame-after=3")]
    [InlineData("garbage-after=3")]
    [InlineData("truncated-utf8-after=3")]
    public async Task A_stream_that_breaks_after_its_first_token_ends_with_an_error(string fault)
    {
        await using var gateway = await StartAsync(replicas: 1);
        gateway.Slm[0].Faults.Always = Fault.Parse(fault);
        using var response = await gateway.ChatAsync(Ask.Chat(stream: true, model: "small", more: "\"max_tokens\":9"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var events = await Events.ReadAsync(response);
        Assert.NotEmpty(events.Text);
        Assert.Equal(["error"], events.FinishReasons);
        Assert.False(events.IsDone);
        Assert.Equal("upstream_interrupted", events.Error!.Value.GetProperty("type").GetString());
        Assert.Contains("outcome=interrupted", await gateway.Log.RequestAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_done_is_made_good_when_the_answer_is_complete()
    {
        await using var gateway = await StartAsync(replicas: 1);
        gateway.Slm[0].Faults.Always = Fault.MissingDone;
        using var response = await gateway.ChatAsync(Ask.Chat(stream: true, model: "small", more: "\"max_tokens\":5"));
        await AssertWholeAsync(response, stream: true);
    }

    [Fact]
    public async Task A_context_that_is_too_small_moves_to_a_pool_with_a_larger_one()
    {
        await using var gateway = await GatewayApplication.StartAsync(
            options: options => options with
            {
                Pools = options.Pools.ToDictionary(pair => pair.Key, pair => pair.Value with { ContextTokens = pair.Key == "slm" ? 32768 : 131072 }),
            });
        gateway.Slm[0].Faults.Always = gateway.Slm[1].Faults.Always = null;
        var tooLong = string.Concat(Enumerable.Repeat("word ", 200));
        using var response = await gateway.ChatAsync(Ask.Chat(ask: tooLong, more: "\"max_tokens\":32768"), ("x-gateway-pool", "slm"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("context_length_exceeded", (await ChatTests.ErrorAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_only_replica_is_tried_again_when_the_fault_may_pass()
    {
        await using var gateway = await StartAsync(replicas: 1);
        gateway.Slm[0].Faults.Next(Fault.ResetBeforeHeaders);
        using var response = await gateway.ChatAsync(Ask.Chat(model: "small"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("2", ChatTests.Header(response, "x-gateway-attempts"));
    }

    [Fact]
    public async Task A_request_that_every_replica_fails_on_shuts_no_replica_to_the_others()
    {
        await using var gateway = await StartAsync(replicas: 2);
        for (var i = 0; i < 5; i++)
        {
            foreach (var replica in gateway.Slm)
                replica.Faults.Next(Fault.Status(500), 2);
            using var failed = await gateway.ChatAsync(Ask.Chat(model: "small"));
            Assert.Equal(HttpStatusCode.BadGateway, failed.StatusCode);
            foreach (var replica in gateway.Slm)
                replica.Faults.Clear();
        }

        Assert.All(gateway.Slm, replica => Assert.True(gateway.Replica(replica).Breaker.IsClosed));
    }

    [Fact]
    public async Task A_replica_that_fails_where_another_answers_is_left_alone_after_a_while()
    {
        await using var gateway = await StartAsync(replicas: 2);
        gateway.Slm[0].Faults.Always = Fault.Status(500);
        for (var i = 0; i < 8; i++)
        {
            using var response = await gateway.ChatAsync(Ask.Chat(model: "small"));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.False(gateway.Replica(gateway.Slm[0]).Breaker.IsClosed);
    }

    [Fact]
    public async Task A_draining_replica_is_left_alone_after_its_first_abort()
    {
        await using var gateway = await StartAsync(replicas: 2);
        gateway.Slm[0].Faults.Always = Fault.AbortAfter(0);
        for (var i = 0; i < 6; i++)
        {
            using var response = await gateway.ChatAsync(Ask.Chat(model: "small"));
            Assert.Equal(i == 0 ? "2" : "1", ChatTests.Header(response, "x-gateway-attempts"));
        }
    }

    [Fact]
    public async Task A_connection_that_went_stale_costs_nothing_and_blames_nobody()
    {
        await using var gateway = await StartAsync(replicas: 1);
        using (await gateway.ChatAsync(Ask.Chat(model: "small")))
        {
        }

        // A reset on the kept connection looks just like one that closed while idle; the breaker must not hear of it.
        for (var i = 0; i < 5; i++)
        {
            gateway.Slm[0].Faults.Next(Fault.ResetBeforeHeaders);
            using var response = await gateway.ChatAsync(Ask.Chat(model: "small"));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.True(gateway.Replica(gateway.Slm[0]).Breaker.IsClosed);
    }

    private static Task<GatewayApplication> StartAsync(int replicas) => GatewayApplication.StartAsync(
        slm: replicas,
        pool: pool => pool with
        {
            Balancing = "round_robin",
            Timeouts = new TimeoutOptions
            {
                FirstToken = TimeSpan.FromSeconds(1.5),
                Idle = TimeSpan.FromSeconds(1),
                Total = TimeSpan.FromSeconds(5),
            },
        },
        replica: new SimulatorOptions());

    private static async Task AssertWholeAsync(HttpResponseMessage response, bool stream)
    {
        if (stream)
        {
            var events = await Events.ReadAsync(response);
            Assert.True(events.IsDone, string.Join('\n', events.Payloads));
            Assert.Null(events.Error);
            Assert.Equal(["length"], events.FinishReasons);
            return;
        }

        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var choice = Assert.Single(answer.RootElement.GetProperty("choices").EnumerateArray());
        Assert.NotEqual("abort", choice.GetProperty("finish_reason").GetString());
    }
}
