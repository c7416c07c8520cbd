using Gateway.EndToEnd.Calls;
using Gateway.EndToEnd.Processes;
using Gateway.Simulator;

namespace Gateway.EndToEnd.Outages;

/// <summary>Replicas die and come back, two of four at a time, while forty callers go on asking.</summary>
public sealed class ReplicaLossTests : IAsyncLifetime
{
    private readonly SimulatedReplica[] _replicas = new SimulatedReplica[4];
    private GatewayProcess _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        for (var i = 0; i < _replicas.Length; i++)
            _replicas[i] = await Replicas.PacedAsync(30, tokens: 20);
        _gateway = await GatewayProcess.StartAsync(GatewayYaml.Pool(_replicas));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        foreach (var replica in _replicas)
            await replica.DisposeAsync();
    }

    [Fact]
    public async Task No_request_fails_and_every_stream_goes_on_at_another_replica()
    {
        await using var callers = new Callers(_gateway.Client);
        callers.Start(40);
        await ProgressAsync(callers, 80);
        await LoseAsync(callers, 0, 1);
        await LoseAsync(callers, 2, 3);
        await callers.StopAsync();

        TestContext.Current.SendDiagnosticMessage(
            $"plain {callers.Plain}, whole streams {callers.Whole}, of them resumed {callers.Resumed}, broken streams {callers.Broken}, failed over {callers.FailedOver}");
        Assert.Empty(callers.Lost);
        Assert.True(callers.Plain > 100 && callers.Whole > 50, "too little was asked for the test to mean anything");
        Assert.True(callers.Resumed > 0, "no stream was under way at a replica that died");
        Assert.Equal(0, callers.Broken);
        Assert.True(callers.FailedOver > 0, "nothing was asked of a replica that was dead");
    }

    /// <summary>Kills two replicas under load, lets the others carry it, and brings them back on the same ports.</summary>
    private async Task LoseAsync(Callers callers, int one, int other)
    {
        await Task.WhenAll(_replicas[one].KillAsync(), _replicas[other].KillAsync());
        await ProgressAsync(callers, 80);
        foreach (var i in new[] { one, other })
            _replicas[i] = await Replicas.PacedAsync(30, tokens: 20, at: _replicas[i].Address);
        await Eventually.IsTrueAsync(() => IsServing(one) && IsServing(other));
        await ProgressAsync(callers, 80);
    }

    private bool IsServing(int replica) => _replicas[replica].Chats().Count > 3;

    private static async Task ProgressAsync(Callers callers, int more)
    {
        var before = callers.Ended;
        await Eventually.IsTrueAsync(() => callers.Ended >= before + more);
    }
}
