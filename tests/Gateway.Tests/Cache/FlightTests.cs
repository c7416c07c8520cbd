using System.Text.Json;
using Gateway.Simulator;
using Gateway.Tests.Running;

namespace Gateway.Tests.Cache;

/// <summary>Requests that ask the same at the same time share one call.</summary>
public sealed class FlightTests : IAsyncLifetime
{
    private static readonly string Streamed = Ask.Chat(stream: true, model: "small"), Plain = Ask.Chat(model: "small");

    private GatewayApplication _gateway = null!;

    public async ValueTask InitializeAsync() =>
        _gateway = await CachedGateway.StartAsync(replica: new SimulatorOptions { Performance = PerformanceModel.Paced(TimeSpan.FromMilliseconds(25)) });

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Streams_get_the_first_ones_frames_as_they_arrive()
    {
        using var leader = await _gateway.ChatAsync(Streamed);
        var followers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _gateway.ChatAsync(Streamed)));
        // Its headers came with the first frames, while the answer was still being written.
        Assert.Equal(1, _gateway.Slm[0].Running);
        var wanted = await Events.ReadAsync(leader);
        Assert.Equal("miss", ChatTests.Header(leader, CachedGateway.Header));
        foreach (var follower in followers)
        {
            using (follower)
            {
                Assert.Equal("hit flight", ChatTests.Header(follower, CachedGateway.Header));
                Assert.Equal("slm", ChatTests.Header(follower, "x-gateway-pool"));
                Assert.Equal("0", ChatTests.Header(follower, "x-gateway-cost-usd"));
                var events = await Events.ReadAsync(follower);
                Assert.Equal(wanted.Text, events.Text);
                Assert.Equal(["stop"], events.FinishReasons);
                Assert.True(events.IsDone);
            }
        }

        Assert.Equal(1, _gateway.Sent());
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Who_wants_another_form_gets_it_at_the_end(bool leads, bool follows)
    {
        var leading = _gateway.ChatAsync(leads ? Streamed : Plain);
        await UntilAsync(() => _gateway.Slm[0].Running == 1);
        using var follower = await _gateway.ChatAsync(follows ? Streamed : Plain);
        using var leader = await leading;
        Assert.Equal("hit flight", ChatTests.Header(follower, CachedGateway.Header));
        Assert.Equal(await TextAsync(leader, leads), await TextAsync(follower, follows));
        Assert.Equal(1, _gateway.Sent());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_first_caller_who_leaves_does_not_end_it_for_the_others(bool stream)
    {
        using var leaving = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions") { Content = new StringContent(stream ? Streamed : Plain, null, "application/json") };
        var leading = _gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leaving.Token);
        await UntilAsync(() => _gateway.Slm[0].Running == 1);
        if (stream)
            await leading;
        var following = _gateway.ChatAsync(stream ? Streamed : Plain);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        await leaving.CancelAsync();
        if (stream)
            (await leading).Dispose();
        else
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leading);
        using var follower = await following;
        Assert.Equal("hit flight", ChatTests.Header(follower, CachedGateway.Header));
        Assert.NotEmpty(await TextAsync(follower, stream));
        Assert.Equal(1, _gateway.Sent());
    }

    [Fact]
    public async Task When_everyone_has_left_the_call_is_ended()
    {
        using var leaving = new CancellationTokenSource();
        var lengthy = Ask.Chat(model: "small", more: "\"vllm_xargs\":{\"sim_tokens\":5000}");
        var calls = Enumerable.Range(0, 2).Select(_ =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions") { Content = new StringContent(lengthy, null, "application/json") };
            return _gateway.Client.SendAsync(request, leaving.Token);
        }).ToList();
        await UntilAsync(() => _gateway.Slm[0].Running == 1);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        await leaving.CancelAsync();
        foreach (var call in calls)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await UntilAsync(() => _gateway.Slm[0].Running == 0);
        Assert.Equal(1, _gateway.Sent());
    }

    [Fact]
    public async Task What_is_not_fit_to_be_shared_is_not_shared()
    {
        var body = Ask.Chat(model: "small", more: "\"max_tokens\":8");
        var leading = _gateway.ChatAsync(body);
        await UntilAsync(() => _gateway.Slm[0].Running == 1);
        using var follower = await _gateway.ChatAsync(body);
        using var leader = await leading;
        Assert.Equal("miss", ChatTests.Header(follower, CachedGateway.Header));
        Assert.Equal(2, _gateway.Sent());
    }

    [Fact]
    public async Task A_stream_that_breaks_ends_with_an_error_for_all()
    {
        await using var gateway = await CachedGateway.StartAsync(
            options: all => all with { Resume = new() { Enabled = false } },
            replica: new SimulatorOptions { Performance = PerformanceModel.Paced(TimeSpan.FromMilliseconds(25)) });
        gateway.Slm[0].Faults.Always = Fault.CutAfter(12);
        using var leader = await gateway.ChatAsync(Streamed);
        using var follower = await gateway.ChatAsync(Streamed);
        Assert.Equal("hit flight", ChatTests.Header(follower, CachedGateway.Header));
        Assert.NotNull((await Events.ReadAsync(leader)).Error);
        var events = await Events.ReadAsync(follower);
        Assert.NotNull(events.Error);
        Assert.False(events.IsDone);
    }

    private static async Task<string> TextAsync(HttpResponseMessage response, bool stream)
    {
        if (stream)
            return (await Events.ReadAsync(response)).Text;
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return answer.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 1000 && !condition(); i++)
            await Task.Delay(5);
        Assert.True(condition());
    }
}
