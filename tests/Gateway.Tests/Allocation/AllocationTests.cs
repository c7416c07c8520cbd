using System.Text;
using Gateway.Completions;
using Gateway.Configuration;
using Gateway.Delivery;
using Gateway.Dispatch;
using Gateway.Dispatch.Resume;
using Gateway.Guarding;
using Gateway.Hosting;
using Gateway.Protocol;
using Gateway.Routing;
using Gateway.Routing.Health;
using Gateway.Tests.Delivery.Guarding;
using Gateway.Tests.Running;
using Gateway.Upstream;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Allocation;

/// <summary>What a chunk and a request allocate.</summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    /// <summary>
    /// Bytes that one plain request may allocate from socket to socket: Kestrel, the HTTP client and the log line included,
    /// nothing switched off. May only fall.
    /// </summary>
    private const int PlainRequest = 6_500;

    /// <summary>
    /// The relay itself, with every read waiting as on a real connection. Counted without the platform's HTTP client, whose
    /// chunked reads allocate some 300 bytes each by themselves.
    /// </summary>
    [Theory]
    [InlineData(false, "")]
    [InlineData(false, "", ",\"usage\":{\"prompt_tokens\":7,\"total_tokens\":16,\"completion_tokens\":9}")]
    [InlineData(false, "", "", true)]
    [InlineData(true, ",\"logprobs\":{\"content\":[{\"token\":\"Hi\",\"logprob\":-0.1,\"bytes\":[72,105],\"top_logprobs\":[]}]}")]
    public async Task A_chunk_allocates_nothing(bool hidesLogprobs, string logprobs, string usage = "", bool isGuarded = false)
    {
        var chunk = Encoding.UTF8.GetBytes(
            $$"""data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Hi"}{{logprobs}},"finish_reason":null}]{{usage}}}""" + "\n\n");
        var (relay, upstream, exchange) = Relay(hidesLogprobs, isGuarded);
        // Enough for the journal's buffer to have grown to its size; it grows by doubling, and holds all the text of the stream.
        for (var i = 0; i < 20_000; i++)
            upstream.Push(chunk);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
            upstream.Push(chunk);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        upstream.Push(Encoding.UTF8.GetBytes("""data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""" + "\n\ndata: [DONE]\n\n"));
        upstream.Push([]);
        await relay;
        Assert.Null(exchange.BrokenBy);
        Assert.True(exchange.IsCommitted);
        Assert.Equal(0, allocated);
    }

    /// <summary>Of two replicas the prompt's blocks are worked out and each pick weighs costs; of one there is nothing to pick.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_plain_request_allocates_no_more_than_its_committed_number(int replicas)
    {
        using var simulator = await SimulatorProcess.StartAsync("--preset", "instant");
        using var other = await SimulatorProcess.StartAsync("--preset", "instant");
        Uri[] addresses = [simulator.Address, other.Address];
        await using var gateway = await GatewayApplication.StartAsync(
            slm: 0,
            llm: 0,
            pool: pool => pool with { Replicas = addresses[..replicas], Balancing = "cost", Model = "Qwen/Qwen3-8B", Probe = new ProbeOptions { Interval = TimeSpan.FromHours(1) } });
        using var caller = new BareCaller(gateway.Address);
        var request = BareCaller.Post(Ask.Chat(model: "auto"));
        for (var i = 0; i < 500; i++)
            caller.Plain(request);
        // Whatever else the process does meanwhile can only add, so the least of several counts is the request's own.
        var perRequest = Enumerable.Range(0, 10).Min(_ => Allocated(() => Repeat(caller, request, 200)) / 200);
        TestContext.Current.SendDiagnosticMessage($"{perRequest} bytes per plain request, {replicas} replicas");
        Assert.True(perRequest <= PlainRequest, $"{perRequest} bytes per plain request");
    }

    private static (Task Relay, PushedStream Upstream, Exchange Exchange) Relay(bool hidesLogprobs, bool isGuarded)
    {
        var (time, upstream, http) = (TimeProvider.System, new PushedStream(), new DefaultHttpContext());
        var options = new GatewayOptions { Pools = new Dictionary<string, PoolOptions> { ["slm"] = new() { Model = "m", Replicas = [new Uri("http://a:8000")] } } };
        var blueprint = new BlueprintBuilder(time, new Random(1)).Build(options);
        var exchange = new Exchange(http, blueprint, "req-1", time.GetTimestamp())
        {
            Request = ChatRequestReader.Read(Encoding.UTF8.GetBytes(Ask.Chat(stream: true)), 64).Request,
            Route = blueprint.Catalog.Find("slm"),
            AnsweredBy = blueprint.Upstreams.Single(),
            Guards = isGuarded ? new GuardVisit(TestGuards.Policy(TestGuards.Step(new DigitGuard(3)), TestGuards.Step(new WordGuard("secret")))) : null,
            Lifetime = new RequestLifetime(TimeSpan.FromMinutes(5), time, CancellationToken.None, CancellationToken.None),
        };
        var replica = blueprint.Fleet["slm"].Replicas[0];
        exchange.Add(new Attempt(blueprint.Fleet["slm"], replica, null, TimeSpan.Zero), TimeSpan.Zero);
        var dispatched = DispatchedAnswer.From(
            new StreamedAnswer(new HttpResponseMessage(), upstream), new Picked(replica, BreakerPass.Normal), new AttemptClock(exchange.Lifetime), hidesLogprobs ? HiddenParts.Logprobs : HiddenParts.RunningUsage);
        var relay = new StreamRelay(new ErrorReply(time), new Resumer(new AttemptSender(time), new PrefillGate(), time)).RunAsync(exchange, dispatched, new EventWriter(exchange, TimeSpan.FromHours(1), time));
        return (relay.AsTask(), upstream, exchange);
    }

    private static void Repeat(BareCaller caller, byte[] request, int times)
    {
        for (var i = 0; i < times; i++)
            caller.Plain(request);
    }

    private static long Allocated(Action action)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        action();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
