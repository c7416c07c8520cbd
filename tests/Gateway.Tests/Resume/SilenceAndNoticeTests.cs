using Gateway.Configuration;
using Gateway.Routing.Health;
using Gateway.Simulator;
using Gateway.Tests.Running;

namespace Gateway.Tests.Resume;

/// <summary>Replicas that fall silent, or say that they go, at whatever token a stream has come to.</summary>
public sealed class SilenceAndNoticeTests
{
    [Theory]
    [InlineData("content", false)]
    [InlineData("content", true)]
    [InlineData("characters of many bytes", false)]
    [InlineData("characters of many bytes", true)]
    [InlineData("thought", false)]
    [InlineData("thought", true)]
    [InlineData("content after thought", false)]
    [InlineData("content after thought", true)]
    [InlineData("hidden thought", true)]
    [InlineData("a tool call", false)]
    [InlineData("a tool call", true)]
    [InlineData("JSON", false)]
    [InlineData("JSON", true)]
    public async Task A_stall_at_any_token_goes_on_elsewhere(string phase, bool exact)
    {
        var (more, replica, first, last) = SeamlessStreamTests.Bodies[phase];
        await using var lane = await Lane.StartAsync(replica, new ResumeOptions { Exact = exact }, idle: TimeSpan.FromSeconds(2));
        var body = Ask.Chat(stream: true, model: "small", more: $"{SeamlessStreamTests.Usage},{more}");
        await lane.AllAsync(body, "stall-after", Enumerable.Range(first, last - first + 1));
    }

    /// <summary>Streams that began one after the other are at different tokens when the notice comes; each leaves where it is, or stays to its end.</summary>
    [Theory]
    [InlineData(0, "", false)]
    [InlineData(0, "", true)]
    [InlineData(60, "", false)]
    [InlineData(60, "", true)]
    [InlineData(200, "", true)]
    [InlineData(200, "\"include_reasoning\":false,", true)]
    public async Task A_notice_moves_streams_from_whatever_token_they_are_at(int thought, string more, bool exact)
    {
        var paced = new SimulatorOptions { Performance = PerformanceModel.Paced(TimeSpan.FromMilliseconds(10)), ReasoningTokens = thought };
        await using var gateway = await GatewayApplication.StartAsync(replica: paced, options: options => options with { Resume = new ResumeOptions { Exact = exact } });
        Stream.Know(gateway);
        var body = Ask.Chat(stream: true, model: "small", more: $"{more}{SeamlessStreamTests.Usage},\"max_tokens\":400,\"vllm_xargs\":{{\"sim_tokens\":120}}");
        var whole = await Stream.ReadAsync(gateway, body);
        var reading = new List<Task<Stream>>();
        for (var stream = 0; stream < 12; stream++)
        {
            reading.Add(Stream.ReadAsync(gateway, body));
            await Task.Delay(60);
        }

        gateway.Replica(gateway.Slm[0]).Drain(new DrainNotice("spot", TimeProvider.System.GetTimestamp(), TimeSpan.FromSeconds(0.2)));
        var ended = await Task.WhenAll(reading);
        Assert.All(ended, stream => Assert.Equal(whole, stream with { Resumes = 0 }));
        Assert.True(ended.Count(stream => stream.Resumes > 0) >= 3, "too few streams left");
    }
}
