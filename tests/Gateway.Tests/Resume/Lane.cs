using System.Globalization;
using Gateway.Routing.Health;
using Gateway.Simulator;
using Gateway.Tests.Running;
using Xunit.Sdk;

namespace Gateway.Tests.Resume;

/// <summary>A gateway before two replicas: every stream begins at the first, which breaks it, and can only go on at the second.</summary>
internal sealed class Lane(GatewayApplication gateway) : IAsyncDisposable
{
    public GatewayApplication Gateway => gateway;

    public static async Task<Lane> StartAsync(SimulatorOptions? replica = null, Gateway.Configuration.ResumeOptions? resume = null, TimeSpan? idle = null)
    {
        var gateway = await GatewayApplication.StartAsync(
            slm: 2,
            llm: 0,
            pool: pool => pool with
            {
                Breaker = new() { Faults = 1000 },
                Timeouts = new() { Idle = idle ?? TimeSpan.FromSeconds(30) },
                Replicas = pool.Replicas.Count == 0 ? [new Uri("http://127.0.0.1:9")] : pool.Replicas,
                Required = pool.Replicas.Count > 0,
                Probe = new() { Interval = TimeSpan.FromHours(1) },
            },
            options: options => options with { Resume = resume ?? options.Resume },
            replica: replica);
        Stream.Know(gateway);
        gateway.Replica(gateway.Slm[1]).Drain(new DrainNotice("a test", 0, null));
        return new Lane(gateway);
    }

    /// <summary>The stream as it is when nothing breaks.</summary>
    public Task<Stream> WholeAsync(string body) => Stream.ReadAsync(gateway, body);

    /// <summary>The stream when its first replica has this fault.</summary>
    public async Task<Stream> BrokenAsync(string body, string fault)
    {
        gateway.Slm[0].Faults.Next(Fault.Parse(fault));
        try
        {
            return await Stream.ReadAsync(gateway, body);
        }
        finally
        {
            gateway.Slm[0].Faults.Clear();
            // The next stream begins here again, whatever this one had to say of it.
            gateway.Replica(gateway.Slm[0]).Breaker.Succeeded(BreakerPass.Forced);
        }
    }

    /// <summary>Breaks the stream at each of these tokens; whatever the fault, its caller must see the whole one.</summary>
    public async Task EachAsync(string body, string fault, IEnumerable<int> cuts, bool countsMore = false)
    {
        var whole = await WholeAsync(body);
        Assert.True(whole.IsDone && whole.Error is null && whole.Identity == "one", whole.ToString());
        var resumed = 0;
        foreach (var cut in cuts)
        {
            var stream = await BrokenAsync(body, $"{fault}={cut}");
            resumed += stream.Resumes;
            if (countsMore && Tokens(stream) > Tokens(whole))
                stream = stream with { Usage = whole.Usage };
            if (stream with { Resumes = 0 } != whole)
                throw new XunitException($"{fault}={cut}\n  whole:   {whole}\n  resumed: {stream}\n{string.Join('\n', gateway.Log.Lines.TakeLast(2))}");
        }

        Assert.True(resumed > 0, "nothing was ever resumed");
    }

    /// <summary>Breaks as many streams side by side, one at each of these tokens, for faults that take long to be noticed.</summary>
    public async Task AllAsync(string body, string fault, IEnumerable<int> cuts)
    {
        var whole = await WholeAsync(body);
        var tokens = Tokens(whole);
        var broken = new List<(int Cut, Task<Stream> Stream)>();
        foreach (var cut in cuts)
        {
            var sent = gateway.Slm[0].Received.Count;
            gateway.Slm[0].Faults.Next(Fault.Parse($"{fault}={cut}"));
            broken.Add((cut, Stream.ReadAsync(gateway, body)));
            await CallerTests.UntilAsync(() => gateway.Slm[0].Received.Count > sent);
        }

        foreach (var (cut, stream) in broken)
        {
            if (await stream with { Resumes = 0 } is var ended && ended != whole)
                throw new XunitException($"{fault}={cut}\n  whole:   {whole}\n  resumed: {ended}");
            Assert.True((await stream).Resumes > 0 || cut >= tokens, $"{fault}={cut} was never resumed");
        }
    }

    private static int Tokens(Stream stream) =>
        int.TryParse(stream.Usage.Split('+', '=').ElementAtOrDefault(1), CultureInfo.InvariantCulture, out var tokens) ? tokens : 0;

    public ValueTask DisposeAsync() => gateway.DisposeAsync();
}
