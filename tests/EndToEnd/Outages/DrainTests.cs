using System.Diagnostics;
using System.Net;
using Gateway.EndToEnd.Calls;
using Gateway.EndToEnd.Processes;

namespace Gateway.EndToEnd.Outages;

/// <summary>SIGTERM, as a rolling update sends it.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task Running_answers_finish_after_SIGTERM_and_nothing_new_begins()
    {
        await using var replica = await Replicas.PacedAsync(50, tokens: 40);
        await using var gateway = await GatewayProcess.StartAsync(GatewayYaml.Pool([replica]), server: "drain: 60s");
        var streams = await StartStreamsAsync(gateway, 10);
        var plain = Enumerable.Range(0, 10).Select(_ => Ask.PostAsync(gateway.Client, Ask.Body())).ToList();
        await Eventually.IsTrueAsync(() => replica.Received.Count == 20);

        gateway.Terminate();
        await Eventually.IsTrueAsync(() => IsTurnedAwayAsync(gateway));
        Assert.NotEqual(HttpStatusCode.OK, await gateway.ReadinessAsync());

        foreach (var stream in streams)
            Assert.True((await stream.ReadToEndAsync()).IsWhole, stream.ToString());
        foreach (var response in await Task.WhenAll(plain))
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(0, await gateway.ExitAsync());
    }

    [Fact]
    public async Task No_request_is_lost_around_SIGTERM()
    {
        await using var replica = await Replicas.PacedAsync(20, tokens: 10);
        await using var gateway = await GatewayProcess.StartAsync(GatewayYaml.Pool([replica]), server: "drain: 60s");
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = gateway.Address };
        var callers = Enumerable.Range(0, 20).Select(_ => Task.Run(() => AskUntilTurnedAwayAsync(client))).ToList();
        await Eventually.IsTrueAsync(() => replica.Received.Count >= 60);

        gateway.Terminate();
        Assert.DoesNotContain((await Task.WhenAll(callers)).OfType<string>(), _ => true);
        Assert.Equal(0, await gateway.ExitAsync());
    }

    [Fact]
    public async Task What_runs_at_the_end_of_the_drain_is_ended_with_an_error()
    {
        await using var replica = await Replicas.PacedAsync(50, tokens: 5000);
        await using var gateway = await GatewayProcess.StartAsync(GatewayYaml.Pool([replica]), server: "drain: 2s");
        var streams = await StartStreamsAsync(gateway, 3);
        var plain = Ask.PostAsync(gateway.Client, Ask.Body());
        await Eventually.IsTrueAsync(() => replica.Received.Count == 4);

        var signalled = Stopwatch.GetTimestamp();
        gateway.Terminate();
        foreach (var stream in streams)
        {
            await stream.ReadToEndAsync();
            Assert.True(stream.IsHonestlyBroken, stream.ToString());
            Assert.Equal("gateway_draining", stream.Error!.Value.GetProperty("code").GetString());
        }

        using var refused = await plain;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("gateway_draining", (await Ask.ErrorOfAsync(refused)).GetProperty("code").GetString());
        Assert.Equal(0, await gateway.ExitAsync());
        Assert.True(Stopwatch.GetElapsedTime(signalled) < TimeSpan.FromSeconds(30));
    }

    private static async Task<IReadOnlyList<StreamedReply>> StartStreamsAsync(GatewayProcess gateway, int count)
    {
        var streams = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Ask.StreamAsync(gateway.Client)));
        await Task.WhenAll(streams.Select(stream => stream.ReadAsync(1)));
        return streams;
    }

    /// <summary>Whether a new caller finds the door closed, or is told at it that the gateway is going.</summary>
    private static async Task<bool> IsTurnedAwayAsync(GatewayProcess gateway)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = gateway.Address };
        return await AskOnceAsync(client) is Outcome.TurnedAway;
    }

    /// <returns>What went wrong; null when every answer came and then the door was closed.</returns>
    private static async Task<string?> AskUntilTurnedAwayAsync(HttpClient client)
    {
        while (true)
        {
            try
            {
                if (await AskOnceAsync(client) is Outcome.TurnedAway)
                    return null;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                return e.ToString();
            }
        }
    }

    private static async Task<Outcome> AskOnceAsync(HttpClient client)
    {
        try
        {
            using var response = await Ask.PostAsync(client, Ask.Body());
            if (response.StatusCode == HttpStatusCode.OK)
            {
                await response.Content.ReadAsByteArrayAsync();
                return Outcome.Answered;
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Equal("gateway_draining", (await Ask.ErrorOfAsync(response)).GetProperty("code").GetString());
            return Outcome.TurnedAway;
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return Outcome.TurnedAway;
        }
    }

    private enum Outcome
    {
        Answered,
        TurnedAway,
    }
}
