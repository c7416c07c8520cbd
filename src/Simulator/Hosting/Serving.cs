using Gateway.Simulator.Engine;
using Gateway.Simulator.Metrics;
using Gateway.Simulator.Text;

namespace Gateway.Simulator.Hosting;

/// <summary>What the routes of one replica share.</summary>
internal sealed class Serving : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<ReceivedRequest> _received = [];
    private readonly ulong _salt;
    private long _ids;
    private int _inFlight;

    public Serving(SimulatorOptions options)
    {
        Options = options;
        Clock = new SimClock(options.Time, options.TimeScale);
        Counters = new EngineCounters();
        Engine = options.Performance.Kind switch
        {
            PerformanceKind.Instant => new InstantEngine(),
            PerformanceKind.Paced => new PacedEngine(options.Performance, Clock),
            _ => new BatchedEngine(options.Performance, Clock, Counters),
        };
        Adapters = new Adapters(options.Model);
        Connections = new Connections(Faults);
        _salt = Chance.Mix((ulong)options.Time.GetTimestamp()) ^ (ulong)options.Seed << 32 ^ (ulong)GetHashCode();
    }

    public SimulatorOptions Options { get; }

    public SimClock Clock { get; }

    public IEngine Engine { get; }

    public EngineCounters Counters { get; }

    public FaultScript Faults { get; } = new();

    public Adapters Adapters { get; }

    public Connections Connections { get; }

    /// <summary>Whether new requests get an instant empty abort.</summary>
    public bool Draining { get; set; }

    /// <summary>Inference requests that have arrived and not ended.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Sequences in the engine; in engines without a batch, requests that have not ended.</summary>
    public int Running => Engine is BatchedEngine ? Engine.Running : InFlight;

    public IReadOnlyList<ReceivedRequest> Received
    {
        get
        {
            lock (_gate) return [.. _received];
        }
    }

    public void Enter() => Interlocked.Increment(ref _inFlight);

    public void Leave() => Interlocked.Decrement(ref _inFlight);

    public void AbortAll() => Engine.AbortAll();

    /// <summary>32 hex digits that no other request of any replica has.</summary>
    public string NewId()
    {
        var count = (ulong)Interlocked.Increment(ref _ids);
        return string.Create(32, (Chance.Mix(_salt + count), Chance.Mix(~_salt - count)), static (span, halves) =>
        {
            halves.Item1.TryFormat(span, out _, "x16");
            halves.Item2.TryFormat(span[16..], out _, "x16");
        });
    }

    public ReceivedRequest? Record(HttpContext context, ReadOnlyMemory<byte> body)
    {
        if (!Options.Record) return null;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in context.Request.Headers) headers[name] = value.ToString();
        var received = new ReceivedRequest(context.Request.Path.Value ?? "/", headers, body.ToArray());
        lock (_gate) _received.Add(received);
        return received;
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
