using Gateway.Configuration;
using Gateway.Simulator;
using Gateway.Tests.Running;

namespace Gateway.Tests.Resume;

/// <summary>bench/Chaos in small: replicas are killed under many streams, and each stream is whole or says that it is not.</summary>
public sealed class ChaosTests
{
    [Fact]
    public async Task Streams_outlive_the_replicas_that_are_killed_under_them()
    {
        var paced = new SimulatorOptions { Performance = PerformanceModel.Paced(TimeSpan.FromMilliseconds(20)) };
        await using var gateway = await GatewayApplication.StartAsync(slm: 6, pool: pool => pool with { Probe = new ProbeOptions { Interval = TimeSpan.FromSeconds(0.2) } }, replica: paced);
        Stream.Know(gateway);
        var body = Ask.Chat(stream: true, model: "small", more: "\"stream_options\":{\"include_usage\":true},\"vllm_xargs\":{\"sim_tokens\":100}");
        var whole = await Stream.ReadAsync(gateway, body);
        var streams = Enumerable.Range(0, 60).Select(_ => Stream.ReadAsync(gateway, body)).ToList();
        await Task.Delay(500);
        await gateway.Slm[0].KillAsync();
        await Task.Delay(700);
        await gateway.Slm[1].KillAsync();
        var ended = await Task.WhenAll(streams);
        Assert.All(ended, stream => Assert.True(stream with { Resumes = 0 } == whole, stream.ToString()));
        Assert.True(ended.Count(stream => stream.Resumes > 0) >= 10, "too few streams met a kill");
    }
}
