using System.Text;

namespace Gateway.Simulator.Tests;

public sealed class ShutdownTests
{
    private static readonly PerformanceModel Slow = PerformanceModel.Paced(TimeSpan.FromMilliseconds(20));

    private static string Long(int tokens) => Caller.Hello($",\"stream\":true,\"max_tokens\":{tokens},\"ignore_eos\":true");

    [Fact]
    public async Task Abort_mode_ends_running_streams_cleanly_and_is_gone()
    {
        await using var replica = await SimulatedReplica.StartAsync(new SimulatorOptions { Performance = Slow });
        using var caller = new Caller(replica);
        using var response = await caller.PostAsync(Caller.ChatPath, Long(5000));
        await replica.TerminateAsync();
        var frames = Caller.Split(await response.Content.ReadAsStringAsync());
        Assert.Contains("\"finish_reason\":\"abort\"", frames[^2]);
        Assert.Equal("[DONE]", frames[^1]);
        await Assert.ThrowsAsync<HttpRequestException>(() => caller.GetAsync("/health"));
    }

    [Fact]
    public async Task Abort_mode_answers_plain_requests_with_200_and_what_there_was()
    {
        await using var replica = await SimulatedReplica.StartAsync(new SimulatorOptions { Performance = Slow });
        using var caller = new Caller(replica);
        var answer = caller.JsonAsync(Caller.ChatPath, Caller.Hello(",\"max_tokens\":5000,\"ignore_eos\":true"));
        await Caller.UntilAsync(() => replica.Running == 1);
        await replica.TerminateAsync();
        Assert.Equal("abort", (await answer).GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task Drain_mode_finishes_what_runs_stays_healthy_and_aborts_what_is_new()
    {
        await using var replica = await SimulatedReplica.StartAsync(new SimulatorOptions { Performance = Slow, ShutdownTimeout = TimeSpan.FromSeconds(20) });
        using var caller = new Caller(replica);
        using var response = await caller.PostAsync(Caller.ChatPath, Long(20));
        var gone = replica.TerminateAsync();
        await caller.GetAsync("/health");
        var fresh = await caller.FramesAsync(Caller.Hello(",\"stream\":true"));
        Assert.Equal(3, fresh.Length);
        Assert.Contains("\"role\":\"assistant\"", fresh[0]);
        Assert.Contains("\"finish_reason\":\"abort\"", fresh[1]);
        var plain = await caller.JsonAsync(Caller.ChatPath, Caller.Hello());
        Assert.Equal(0, plain.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.Contains("\"finish_reason\":\"length\"", Caller.Split(await response.Content.ReadAsStringAsync())[^2]);
        await gone;
        await Assert.ThrowsAsync<HttpRequestException>(() => caller.GetAsync("/health"));
    }

    [Fact]
    public async Task Drain_that_runs_out_of_time_cuts_what_is_left()
    {
        await using var replica = await SimulatedReplica.StartAsync(new SimulatorOptions { Performance = Slow, ShutdownTimeout = TimeSpan.FromMilliseconds(100) });
        using var caller = new Caller(replica);
        using var response = await caller.PostAsync(Caller.ChatPath, Long(5000));
        await replica.TerminateAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Kill_ends_a_drain()
    {
        await using var replica = await SimulatedReplica.StartAsync(new SimulatorOptions { Performance = Slow, ShutdownTimeout = TimeSpan.FromSeconds(60) });
        using var caller = new Caller(replica);
        using var response = await caller.PostAsync(Caller.ChatPath, Long(5000));
        var gone = replica.TerminateAsync();
        await replica.KillAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync());
        await gone;
    }

    [Fact]
    public async Task Caller_that_leaves_frees_the_engine()
    {
        await using var replica = await SimulatedReplica.StartAsync(new SimulatorOptions { Performance = PerformanceModel.Small8B, Record = true });
        using var caller = new Caller(replica);
        using (var response = await caller.PostAsync(Caller.ChatPath, Long(5000)))
        {
            await using var body = await response.Content.ReadAsStreamAsync();
            await body.ReadExactlyAsync(new byte[100]);
            Assert.Equal(1, replica.Running);
        }
        await Caller.UntilAsync(() => replica.Running == 0 && replica.Received.Single().Aborted);
        Assert.Equal(0, await caller.MetricAsync("vllm:kv_cache_usage_perc{"));
        Assert.Equal(1, await caller.MetricAsync("vllm:request_success_total{engine=\"0\",model_name=\"Qwen/Qwen3-8B\",finished_reason=\"abort\"}"));
    }

    [Fact]
    public async Task A_connection_serves_one_request_after_another()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(replica.Address.Host, replica.Address.Port);
        var stream = socket.GetStream();
        for (var i = 0; i < 2; i++)
        {
            await stream.WriteAsync("GET /health HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
            var buffer = new byte[15];
            await stream.ReadExactlyAsync(buffer);
            Assert.Equal("HTTP/1.1 200 OK", Encoding.ASCII.GetString(buffer));
            var rest = "";
            while (!rest.EndsWith("\r\n\r\n", StringComparison.Ordinal)) rest += (char)stream.ReadByte();
        }
    }
}
