using System.Net;
using System.Text;
using System.Text.Json;

namespace Gateway.Simulator.Tests;

public sealed class FaultTests
{
    private const string Four = ",\"max_tokens\":8,\"vllm_xargs\":{\"sim_answer\":\"one two three four\"}";
    private const string FourStreamed = ",\"stream\":true" + Four;

    [Theory]
    [InlineData("refuse")]
    [InlineData("reset")]
    [InlineData("missing-done")]
    [InlineData("status=503")]
    [InlineData("status=429;retry-after=2")]
    [InlineData("slow-first-token=1500ms")]
    [InlineData("stall-after=0")]
    [InlineData("cut-after=5")]
    [InlineData("error-frame-after=3")]
    [InlineData("abort-after=1")]
    [InlineData("garbage-after=2")]
    [InlineData("truncated-utf8-after=2")]
    public void Text_and_fault_are_each_others_inverse(string text)
    {
        Assert.Equal(text, Fault.Parse(text).ToString());
        Assert.Equal(Fault.Parse(text), Fault.Parse(Fault.Parse(text).ToString()));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("cut-after=-1")]
    [InlineData("status=200")]
    [InlineData("refuse=1")]
    [InlineData("stall-after=1;more")]
    public void Text_that_is_no_fault_is_refused_with_the_known_ones(string text) =>
        Assert.Contains("cut-after=N", Assert.Throws<FormatException>(() => Fault.Parse(text)).Message);

    [Fact]
    public async Task Queue_comes_before_always_and_is_used_up_in_order()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        replica.Faults.Always = Fault.Status(503);
        replica.Faults.Next(Fault.Status(429), times: 2);
        replica.Faults.Next(Fault.Status(500));
        foreach (var status in (int[])[429, 429, 500, 503, 503]) await caller.TextAsync(Caller.ChatPath, Caller.Hello(), status: status);
        replica.Faults.Always = null;
        await caller.TextAsync(Caller.ChatPath, Caller.Hello());
    }

    [Theory]
    [InlineData("refuse")]
    [InlineData("reset")]
    public async Task Connection_breaks_before_any_byte(string fault)
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        var broken = await Assert.ThrowsAsync<HttpRequestException>(() => caller.TextAsync(Caller.ChatPath, Caller.Hello(), Fault.Parse(fault)));
        Assert.True(HasReset(broken), broken.ToString());
    }

    [Fact]
    public async Task Permanent_refusal_resets_connections_at_accept()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        replica.Faults.Always = Fault.Refuse;
        await Assert.ThrowsAsync<HttpRequestException>(() => caller.GetAsync("/health"));
        replica.Faults.Always = null;
        await caller.GetAsync("/health");
    }

    [Fact]
    public async Task Status_429_says_when_to_come_back()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        using var response = await caller.PostAsync(Caller.ChatPath, Caller.Hello(), Fault.Status(429, TimeSpan.FromSeconds(2)));
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), response.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task Status_503_has_the_string_shape_and_500_the_object_shape()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        Assert.Equal("{\"error\":\"The model is currently scaling. Please try again later.\"}", await caller.TextAsync(Caller.ChatPath, Caller.Hello(), Fault.Status(503), 503));
        Assert.Equal(
            "{\"error\":{\"message\":\"EngineCore encountered an issue. See stack trace (above) for the root cause.\",\"type\":\"InternalServerError\",\"param\":null,\"code\":500}}",
            await caller.TextAsync(Caller.ChatPath, Caller.Hello(), Fault.Status(500), 500));
    }

    [Theory]
    [InlineData(Four)]
    [InlineData(FourStreamed)]
    public async Task Slow_first_token_delays_the_answer(string more)
    {
        await using var replica = await SimulatedReplica.StartAsync(new SimulatorOptions { TimeScale = 10 });
        using var caller = new Caller(replica);
        var start = TimeProvider.System.GetTimestamp();
        Assert.Contains("four", await caller.TextAsync(Caller.ChatPath, Caller.Hello(more), Fault.SlowFirstToken(TimeSpan.FromSeconds(1))));
        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds, 95, 20_000);
    }

    [Fact]
    public async Task Stalled_stream_shows_its_tokens_and_then_nothing()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        using var response = await caller.PostAsync(Caller.ChatPath, Caller.Hello(FourStreamed), Fault.StallAfter(2));
        await using var body = await response.Content.ReadAsStreamAsync();
        var seen = "";
        var buffer = new byte[4096];
        while (!seen.Contains("two")) seen += Encoding.UTF8.GetString(buffer, 0, await body.ReadAsync(buffer));
        Assert.Equal(1, replica.Running);
        using var patience = new CancellationTokenSource(100);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await body.ReadExactlyAsync(buffer.AsMemory(0, 1), patience.Token));
        Assert.DoesNotContain("three", seen);
    }

    [Fact]
    public async Task Stalled_plain_request_is_never_answered_and_ends_when_the_caller_leaves()
    {
        await using var replica = await SimulatedReplica.StartAsync(new SimulatorOptions { Record = true });
        using var caller = new Caller(replica);
        using var patience = new CancellationTokenSource(100);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => caller.PostAsync(Caller.ChatPath, Caller.Hello(Four), Fault.StallAfter(0), patience.Token));
        await Caller.UntilAsync(() => replica.Running == 0);
        await Caller.UntilAsync(() => replica.Received.Single().Aborted);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(2, "one two")]
    public async Task Cut_stream_delivers_its_tokens_and_then_a_reset(int tokens, string expected)
    {
        await using var replica = await SimulatedReplica.StartAsync(new SimulatorOptions { Record = true });
        using var caller = new Caller(replica);
        using var response = await caller.PostAsync(Caller.ChatPath, Caller.Hello(FourStreamed), Fault.CutAfter(tokens));
        var (text, broken) = await ReadToBreakAsync(response);
        Assert.True(HasReset(broken), broken?.ToString());
        Assert.Equal(expected, ContentOf(Caller.Split(text)));
        Assert.DoesNotContain("[DONE]", text);
        Assert.False(replica.Received.Single().Aborted);
    }

    [Fact]
    public async Task Cut_plain_answer_is_shorter_than_its_content_length()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        using var response = await caller.PostAsync(Caller.ChatPath, Caller.Hello(Four), Fault.CutAfter(2));
        var (text, broken) = await ReadToBreakAsync(response);
        Assert.NotNull(broken);
        Assert.InRange(text.Length, 1, (int)response.Content.Headers.ContentLength!.Value - 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Error_frame_has_spaces_and_done_behind_it(int tokens)
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        var frames = await caller.FramesAsync(Caller.Hello(FourStreamed), fault: Fault.ErrorFrameAfter(tokens));
        Assert.Equal(tokens == 0 ? 2 : tokens + 3, frames.Length);
        Assert.Equal(
            "{\"error\": {\"message\": \"EngineCore encountered an issue. See stack trace (above) for the root cause.\", \"type\": \"InternalServerError\", \"param\": null, \"code\": 500}}",
            frames[^2]);
        Assert.Equal("[DONE]", frames[^1]);
    }

    [Fact]
    public async Task Error_frame_is_a_500_for_a_plain_request()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        Assert.Contains("EngineCore", await caller.TextAsync(Caller.ChatPath, Caller.Hello(Four), Fault.ErrorFrameAfter(1), 500));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(2, "one two")]
    public async Task Abort_finishes_cleanly_with_what_there_was(int tokens, string expected)
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        var frames = await caller.FramesAsync(Caller.Hello(FourStreamed + ",\"stream_options\":{\"include_usage\":true}"), fault: Fault.AbortAfter(tokens));
        Assert.Equal(expected, ContentOf(frames));
        Assert.Contains("\"delta\":{\"content\":\"\"},\"logprobs\":null,\"finish_reason\":\"abort\",\"stop_reason\":null", frames[^3]);
        Assert.Contains($"\"completion_tokens\":{tokens}", frames[^2]);
        Assert.Equal("[DONE]", frames[^1]);

        var plain = await caller.JsonAsync(Caller.ChatPath, Caller.Hello(Four), Fault.AbortAfter(tokens));
        Assert.Equal("abort", plain.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal(expected, plain.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal(tokens, plain.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task Garbage_is_not_json()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        var frames = await caller.FramesAsync(Caller.Hello(FourStreamed), fault: Fault.Garbage(1));
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(frames[^2]));
        var plain = await caller.TextAsync(Caller.ChatPath, Caller.Hello(Four), Fault.Garbage());
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(plain));
    }

    [Theory]
    [InlineData(Four)]
    [InlineData(FourStreamed)]
    public async Task Truncated_character_is_not_utf8(string more)
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        using var response = await caller.PostAsync(Caller.ChatPath, Caller.Hello(more), Fault.TruncatedUtf8After(1));
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.Throws<DecoderFallbackException>(() => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes));
    }

    [Fact]
    public async Task Missing_done_is_all_that_is_missing()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        var frames = await caller.FramesAsync(Caller.Hello(FourStreamed), fault: Fault.MissingDone);
        Assert.Equal("one two three four", ContentOf(frames));
        Assert.Contains("\"finish_reason\":\"stop\"", frames[^1]);
    }

    [Fact]
    public async Task Faults_can_be_queued_and_cleared_over_http()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        await caller.TextAsync("/sim/fault?times=2", "status=500", status: 204);
        await caller.TextAsync(Caller.ChatPath, Caller.Hello(), status: 500);
        await caller.TextAsync(Caller.ChatPath, Caller.Hello(), status: 500);
        await caller.TextAsync("/sim/fault?times=always", "status=429", status: 204);
        await caller.TextAsync(Caller.ChatPath, Caller.Hello(), status: 429);
        replica.Faults.Clear();
        await caller.TextAsync(Caller.ChatPath, Caller.Hello());
        Assert.Contains("known:", await caller.TextAsync("/sim/fault", "nonsense", status: 400));
    }

    [Fact]
    public async Task Killed_replica_resets_open_streams_and_refuses_new_connections()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        using var response = await caller.PostAsync(Caller.ChatPath, Caller.Hello(FourStreamed), Fault.StallAfter(2));
        await replica.KillAsync();
        var (text, broken) = await ReadToBreakAsync(response);
        Assert.True(HasReset(broken), broken?.ToString());
        Assert.DoesNotContain("three", text);
        await Assert.ThrowsAsync<HttpRequestException>(() => caller.GetAsync("/health"));
    }

    private static string ContentOf(string[] frames) => string.Concat(frames.Where(frame => frame.StartsWith('{')).Select(frame =>
    {
        var choices = JsonDocument.Parse(frame).RootElement.GetProperty("choices");
        return choices.GetArrayLength() > 0 && choices[0].GetProperty("delta").TryGetProperty("content", out var content) ? content.GetString() : "";
    }));

    private static async Task<(string Text, Exception? Broken)> ReadToBreakAsync(HttpResponseMessage response)
    {
        var text = new MemoryStream();
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync();
            await body.CopyToAsync(text);
            return (Encoding.UTF8.GetString(text.ToArray()), null);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            return (Encoding.UTF8.GetString(text.ToArray()), broken);
        }
    }

    private static bool HasReset(Exception? broken)
    {
        for (; broken is not null; broken = broken.InnerException)
            if (broken is System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.ConnectionReset }) return true;
        return false;
    }
}
