using System.Diagnostics;
using System.Net;
using Gateway.Configuration;
using Gateway.Simulator;

namespace Gateway.Tests.Running.Admission;

/// <summary>Five times as many requests as one replica can answer, of two callers and of batch traffic. bench/Overload measures the same more closely.</summary>
[Collection(nameof(Alone))]
public sealed class OverloadTests
{
    private const int Batch = 8;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Objective = TimeSpan.FromSeconds(3);

    private readonly List<Task<(string From, HttpStatusCode Status, TimeSpan FirstToken)>> _calls = [];

    [Fact]
    public async Task Everybody_gets_an_answer_in_time_or_an_honest_no_and_the_replica_is_kept_busy()
    {
        await using var gateway = await GatewayApplication.StartAsync(
            slm: 1,
            pool: pool => pool with
            {
                Admission = new AdmissionOptions { InFlightPerReplica = Batch, Queue = 64, QueueTimeout = TimeSpan.FromSeconds(1.5) },
            },
            replica: new SimulatorOptions
            {
                Performance = PerformanceModel.Large744B with { MaxSequences = Batch },
                AnswerTokens = 32,
                PriorityScheduling = true,
            });
        var capacity = await MeasureCapacityAsync(gateway);
        var mostWaiting = await LoadAsync(gateway, capacity * 5);
        var outcomes = await Task.WhenAll(_calls);

        Assert.All(outcomes, outcome => Assert.True(outcome.Status is HttpStatusCode.OK or HttpStatusCode.TooManyRequests, outcome.ToString()));
        Assert.InRange(mostWaiting, 1, 64);
        var answered = outcomes.Where(outcome => outcome.Status == HttpStatusCode.OK).ToList();
        var good = answered.Count(outcome => outcome.FirstToken <= Objective);
        Assert.True(good >= 0.8 * capacity * Length.TotalSeconds, $"{good} good answers at a capacity of {capacity}/s");
        var people = answered.Where(outcome => outcome.From != "batch").Select(outcome => outcome.FirstToken).Order().ToList();
        Assert.InRange(people[(int)(people.Count * 0.99)], TimeSpan.Zero, Objective);
        var (greedy, modest, batch) = (Of("greedy"), Of("modest"), Of("batch"));
        Assert.True(batch <= 0.2 * answered.Count, $"{batch} of {answered.Count} were batch");
        Assert.InRange((double)greedy / modest, 0.6, 1.7);
        await CallerTests.UntilAsync(() => gateway.Gate() is { InFlight: 0, Waiting: 0 });

        int Of(string from) => answered.Count(outcome => outcome.From == from);
    }

    private static async Task<double> MeasureCapacityAsync(GatewayApplication gateway)
    {
        var (clock, answered) = (Stopwatch.StartNew(), 0);
        await Task.WhenAll(Enumerable.Range(0, Batch).Select(async _ =>
        {
            while (clock.Elapsed < TimeSpan.FromSeconds(3))
            {
                await AskAsync(gateway, "greedy", 0);
                Interlocked.Increment(ref answered);
            }
        }));
        return answered / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Of ten requests seven are the greedy caller's, two the modest one's, one is batch.</summary>
    /// <returns>The longest queue that was seen.</returns>
    private async Task<int> LoadAsync(GatewayApplication gateway, double perSecond)
    {
        var (clock, most) = (Stopwatch.StartNew(), 0);
        while (clock.Elapsed < Length)
        {
            while (_calls.Count < clock.Elapsed.TotalSeconds * perSecond)
            {
                var (from, priority) = (_calls.Count % 10) switch { 3 or 6 => ("modest", 0), 9 => ("batch", 10), _ => ("greedy", 0) };
                _calls.Add(AskAsync(gateway, from, priority));
            }

            most = Math.Max(most, gateway.Gate().Waiting);
            await Task.Delay(5);
        }

        return most;
    }

    private static async Task<(string From, HttpStatusCode Status, TimeSpan FirstToken)> AskAsync(GatewayApplication gateway, string from, int priority)
    {
        var clock = Stopwatch.StartNew();
        using var response = await gateway.ChatAsync(
            Ask.Chat(stream: true, model: "small", ask: Guid.NewGuid().ToString(), more: $"\"priority\":{priority}"), ("Authorization", $"Bearer {from}"));
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
            return (from, response.StatusCode, default);
        }

        // The headers leave with the first token.
        var firstToken = clock.Elapsed;
        return (from, (await Events.ReadAsync(response)).IsDone ? response.StatusCode : HttpStatusCode.BadGateway, firstToken);
    }
}
