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
        await using var replica = await Replicas.PacedAsync(50, tokens: 120);
        await using var gateway = await GatewayProcess.StartAsync(GatewayYaml.Pool([replica]), server: "drain: 60s");
        var streams = await StartStreamsAsync(gateway, 10);
        var plain = Enumerable.Range(0, 10).Select(_ => Ask.PostAsync(gateway.Client, Ask.Body())).ToList();
        await Eventually.IsTrueAsync(() => replica.Chats().Count == 20);

        gateway.Terminate();
        await Eventually.IsTrueAsync(async () => await gateway.ReadinessAsync() == HttpStatusCode.ServiceUnavailable);
        Assert.True(await IsTurnedAwayAsync(gateway));

        foreach (var stream in streams)
            Assert.True((await stream.ReadToEndAsync()).IsWhole, stream.ToString());
        foreach (var response in await Task.WhenAll(plain))
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(0, await gateway.ExitAsync());

        // The last lines leave with the process.
        Assert.Contains("\"event\":\"draining\"", gateway.Log, StringComparison.Ordinal);
        Assert.Equal(20, gateway.Log.Split("\"event\":\"request\"").Length - 1);
    }

    [Fact]
    public async Task Whatever_reached_a_replica_around_SIGTERM_is_answered()
    {
        await using var replica = await Replicas.PacedAsync(20, tokens: 10);
        await using var gateway = await GatewayProcess.StartAsync(GatewayYaml.Pool([replica]), server: "drain: 60s");
        var callers = Enumerable.Range(0, 20).Select(_ => Task.Run(() => CountAnswersAsync(gateway.Client))).ToList();
        await Eventually.IsTrueAsync(() => replica.Chats().Count >= 60);

        gateway.Terminate();
        var answered = (await Task.WhenAll(callers)).Sum();
        Assert.Equal(replica.Chats().Count, answered);
        Assert.Equal(0, await gateway.ExitAsync());
    }

    [Fact]
    public async Task What_runs_at_the_end_of_the_drain_is_ended_with_an_error()
    {
        await using var replica = await Replicas.PacedAsync(50, tokens: 5000);
        await using var gateway = await GatewayProcess.StartAsync(GatewayYaml.Pool([replica]), server: "drain: 2s");
        var streams = await StartStreamsAsync(gateway, 3);
        var plain = Ask.PostAsync(gateway.Client, Ask.Body());
        await Eventually.IsTrueAsync(() => replica.Chats().Count == 4);

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
        using var client = gateway.NewCaller();
        return await AskOnceAsync(client) is Outcome.TurnedAway;
    }

    /// <summary>Asks until turned away.</summary>
    private static async Task<int> CountAnswersAsync(HttpClient client)
    {
        var answered = 0;
        while (await AskOnceAsync(client) is Outcome.Answered)
            answered++;
        return answered;
    }

    private static async Task<Outcome> AskOnceAsync(HttpClient client)
    {
        HttpResponseMessage response;
        try
        {
            response = await Ask.PostAsync(client, Ask.Body());
        }
        catch (HttpRequestException)
        {
            // No connection, or one that waited for its turn when the door was closed.
            return Outcome.TurnedAway;
        }

        using (response)
        {
            if (response.StatusCode == HttpStatusCode.OK)
            {
                await response.Content.ReadAsByteArrayAsync();
                return Outcome.Answered;
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Equal("gateway_draining", (await Ask.ErrorOfAsync(response)).GetProperty("code").GetString());
            return Outcome.TurnedAway;
        }
    }

    private enum Outcome
    {
        Answered,
        TurnedAway,
    }
}
