using System.Collections.Concurrent;
using System.Text.Json;
using Gateway.Tests.Malformed.Wire;

namespace Gateway.Tests.Malformed.Mutations;

/// <summary>Mutated bodies against the gateway as it is served: 100,000 of them, each answered, none with a 5xx.</summary>
[Collection(nameof(Alone))]
public sealed class SocketMutationTests : IClassFixture<UnrecordedGateway>
{
    private const ulong Seed = 7_310;
    private const int Connections = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly UnrecordedGateway _gateway;

    public SocketMutationTests(UnrecordedGateway gateway) => _gateway = gateway;

    [Fact]
    public Task Chat_requests_that_want_the_whole_answer() => RunAsync(new Mutator(Seed, SeedBodies.Whole), 30_000, ErrorShape.FaultOf);

    [Fact]
    public Task Chat_requests_that_want_a_stream() => RunAsync(new Mutator(Seed + 1, SeedBodies.Streamed), 25_000, ErrorShape.FaultOf);

    [Fact]
    public Task Requests_of_passed_routes() => RunAsync(new Mutator(Seed + 2, SeedBodies.Passed), 50_000, ErrorShape.FaultOfPassed);

    private async Task RunAsync(Mutator mutator, int cases, Func<ReadOnlyMemory<byte>, string?> errorFault)
    {
        var (number, accepted, failures) = (-1L, 0, new ConcurrentQueue<string>());
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(WorkAsync)));
        Assert.True(failures.IsEmpty, string.Join("\n\n", failures));
        Assert.InRange(accepted, cases / 10, cases * 9 / 10);
        await _gateway.AssertUnharmedAsync();

        async Task WorkAsync()
        {
            RawConnection? connection = null;
            while (Interlocked.Increment(ref number) is var mine && mine < cases && failures.Count < 5)
            {
                var (seed, body) = (mutator.SeedOf(mine), mutator.Make(mine));
                connection ??= await RawConnection.OpenAsync(_gateway.Address);
                var (reply, fault) = await ExchangeAsync(connection, seed, body, errorFault);
                if (fault is not null)
                    failures.Enqueue($"case {mine}: {fault}\n{MutatedCase.Replay(seed, body)}\nanswered {reply?.Head}{reply?.Text}");
                if (reply?.Status < 300)
                    Interlocked.Increment(ref accepted);
                if (reply is null or { Closes: true })
                {
                    connection.Dispose();
                    connection = null;
                }
            }

            connection?.Dispose();
        }
    }

    private static async Task<(RawReply? Reply, string? Fault)> ExchangeAsync(
        RawConnection connection, SeedBody seed, byte[] body, Func<ReadOnlyMemory<byte>, string?> errorFault)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            await connection.SendAsync(RawRequest.Post(seed.Path, body, seed.ContentType), patience.Token);
            var reply = await connection.ReadAsync(patience.Token);
            return (reply, FaultOf(reply, errorFault));
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or OperationCanceledException)
        {
            return (null, $"no answer: {e.Message}");
        }
    }

    private static string? FaultOf(RawReply reply, Func<ReadOnlyMemory<byte>, string?> errorFault)
    {
        if (reply.Status is >= 400 and < 500)
            return reply.Header("Content-Type") == "application/json" ? errorFault(reply.Body) : "the error is not JSON";
        if (reply.Status is < 200 or > 299)
            return "the status is neither 2xx nor 4xx";
        return reply.Header("Content-Type") is { } type && type.StartsWith("text/event-stream", StringComparison.Ordinal)
            ? StreamFault(reply.Text)
            : JsonFault(reply.Body);
    }

    private static string? StreamFault(string text)
    {
        var payloads = text.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line[6..]).ToList();
        return payloads.Count < 2 || payloads[^1] != "[DONE]" ? "the stream does not end with [DONE]"
            : payloads.SkipLast(1).Select(payload => JsonFault(System.Text.Encoding.UTF8.GetBytes(payload))).FirstOrDefault(fault => fault is not null);
    }

    private static string? JsonFault(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? null : "the answer is not a JSON object";
        }
        catch (JsonException e)
        {
            return $"the answer is not JSON: {e.Message}";
        }
    }
}
