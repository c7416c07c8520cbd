using Gateway.Simulator;

namespace Gateway.Bench.Chaos;

/// <summary>Simulated replicas of which one is killed each second, as by SIGKILL, and comes back at its address.</summary>
internal sealed class Fleet(SimulatedReplica[] replicas) : IAsyncDisposable
{
    /// <summary>A token each 20 ms, as of a model under load.</summary>
    private static readonly SimulatorOptions Options = new() { Model = "model", Performance = PerformanceModel.Paced(TimeSpan.FromMilliseconds(20)) };

    /// <summary>How long a killed replica is gone.</summary>
    private static readonly TimeSpan Gone = TimeSpan.FromMilliseconds(500);

    public IReadOnlyList<Uri> Addresses { get; } = [.. replicas.Select(replica => replica.Address)];

    public int Kills { get; private set; }

    public static async Task<Fleet> StartAsync(int count)
    {
        var replicas = new SimulatedReplica[count];
        for (var i = 0; i < count; i++)
            replicas[i] = await SimulatedReplica.StartAsync(Options);
        return new Fleet(replicas);
    }

    /// <summary>Kills one after the other, in a drawn but fixed order.</summary>
    public async Task KillEachSecondAsync(CancellationToken cancel)
    {
        var chance = new Random(1);
        using var seconds = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await seconds.WaitForNextTickAsync(cancel))
            {
                var at = chance.Next(replicas.Length);
                await replicas[at].KillAsync();
                Kills++;
                await Task.Delay(Gone, CancellationToken.None);
                replicas[at] = await SimulatedReplica.StartAsync(Options with { Listen = Addresses[at] }, CancellationToken.None);
            }
        }
        catch (OperationCanceledException)
        {
            // The streams have ended.
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in replicas)
            await replica.DisposeAsync();
    }
}
