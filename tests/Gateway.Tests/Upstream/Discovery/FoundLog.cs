using Gateway.Upstream.Discovery;

namespace Gateway.Tests.Upstream.Discovery;

/// <summary>Runs a source and keeps what it reports.</summary>
internal sealed class FoundLog : IFindings, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _found = [];
    private readonly List<string> _failures = [];
    private Task _running = Task.CompletedTask;

    /// <summary>Each finding as its replicas in order, <c>host:port</c>, with <c>-</c> before those that leave.</summary>
    public IReadOnlyList<string> All
    {
        get
        {
            lock (_gate)
                return [.. _found];
        }
    }

    public IReadOnlyList<string> Failures
    {
        get
        {
            lock (_gate)
                return [.. _failures];
        }
    }

    public static FoundLog Of(IReplicaSource source)
    {
        var log = new FoundLog();
        log._running = source.RunAsync(log, log._stop.Token);
        return log;
    }

    public void Found(IReadOnlyList<FoundReplica> replicas)
    {
        lock (_gate)
            _found.Add(string.Join(' ', replicas.Select(replica => (replica.IsLeaving ? "-" : "") + replica.Address.Authority).Order(StringComparer.Ordinal)));
    }

    public void Failed(string cause)
    {
        lock (_gate)
            _failures.Add(cause);
    }

    /// <summary>Waits until the last finding is this.</summary>
    public Task UntilAsync(string replicas) => UntilAsync(() => All.Count > 0 && All[^1] == replicas);

    public async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 1000; i++)
        {
            if (condition())
                return;
            await Task.Delay(10);
        }

        Assert.Fail($"waited 10 s in vain; found {string.Join(" | ", All)}; failed {string.Join(" | ", Failures)}");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(TimeSpan.FromSeconds(5));
        _stop.Dispose();
    }
}
