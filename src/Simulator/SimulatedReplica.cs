using Gateway.Simulator.Hosting;
using Gateway.Simulator.Routes;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Gateway.Simulator;

/// <summary>A vLLM without a GPU, listening on a real socket.</summary>
public sealed class SimulatedReplica : IAsyncDisposable
{
    /// <summary>How long written answers may take to leave at the end; real time.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    private readonly Serving _serving;
    private readonly KestrelServer _server;
    private readonly Lock _gate = new();
    private Task? _closing;
    private int _terminating;

    private SimulatedReplica(Serving serving, KestrelServer server)
    {
        _serving = serving;
        _server = server;
        Address = Listener.AddressOf(server);
    }

    /// <summary>Where it listens, such as http://127.0.0.1:41234/.</summary>
    public Uri Address { get; }

    /// <summary>What goes wrong with the coming inference requests.</summary>
    public FaultScript Faults => _serving.Faults;

    /// <summary>POST requests in the order of their arrival, a snapshot; empty without <see cref="SimulatorOptions.Record"/>.</summary>
    public IReadOnlyList<ReceivedRequest> Received => _serving.Received;

    /// <summary>Requests in the engine now. Requests that wait in the queue of a batched engine do not count.</summary>
    public int Running => _serving.Running;

    /// <summary>Requests in the queue of a batched engine.</summary>
    public int Waiting => _serving.Engine.Waiting;

    /// <summary>Starts a replica; it answers when the task completes.</summary>
    /// <exception cref="ArgumentException">An option makes no sense; the message names it.</exception>
    public static async Task<SimulatedReplica> StartAsync(SimulatorOptions? options = null, CancellationToken ct = default)
    {
        options ??= new SimulatorOptions();
        OptionRules.Check(options);
        var serving = new Serving(options);
        var server = Listener.Create(options.Listen, serving.Connections);
        try
        {
            await server.StartAsync(new Application(new RouteTable(serving)), ct);
            return new SimulatedReplica(serving, server);
        }
        catch
        {
            server.Dispose();
            await serving.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGKILL: the listener is closed and every open connection is reset; a drain under way ends here.</summary>
    public Task KillAsync()
    {
        lock (_gate) return _closing ??= CloseAsync();
    }

    /// <summary>
    /// SIGTERM. Without <see cref="SimulatorOptions.ShutdownTimeout"/> every running request ends with "abort" and the replica is gone.
    /// With it, running requests go on that long, the listener and <c>/health</c> stay, and new requests get an empty "abort"; what is
    /// left at the end is reset.
    /// </summary>
    public async Task TerminateAsync()
    {
        if (Closing || Interlocked.Exchange(ref _terminating, 1) != 0) return;
        _serving.Draining = true;
        if (_serving.Options.ShutdownTimeout == TimeSpan.Zero)
        {
            _serving.AbortAll();
            await EmptyAsync(Farewell);
        }
        else
        {
            await EmptyAsync(_serving.Clock.Real(_serving.Options.ShutdownTimeout));
        }
        if (_serving.InFlight == 0 && !Closing)
        {
            using var farewell = new CancellationTokenSource(Farewell, TimeProvider.System);
            await _server.StopAsync(farewell.Token);
        }
        await KillAsync();
    }

    /// <summary>Ends it as <see cref="KillAsync"/> does, if it has not ended.</summary>
    public async ValueTask DisposeAsync() => await KillAsync();

    private bool Closing
    {
        get
        {
            lock (_gate) return _closing is not null;
        }
    }

    private async Task EmptyAsync(TimeSpan atMost)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (_serving.InFlight > 0 && !Closing && TimeProvider.System.GetElapsedTime(start) < atMost)
            await Task.Delay(Poll, TimeProvider.System, CancellationToken.None);
    }

    private async Task CloseAsync()
    {
        _serving.Connections.ResetAll();
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
        await _serving.DisposeAsync();
    }
}
