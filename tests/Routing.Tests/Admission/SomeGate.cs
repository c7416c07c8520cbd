using System.Collections.Immutable;
using Gateway.Routing.Admission;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Routing.Tests.Admission;

/// <summary>A gate before one replica, with a clock that a test moves, and the places that were given out.</summary>
internal sealed class SomeGate
{
    public static readonly AdmissionSettings Settings = new(
        IsOn: true, InFlightPerReplica: 2, Queue: 100, QueueTimeout: TimeSpan.FromSeconds(30), BatchPriority: 10, BatchShare: 0.5);

    public SomeGate(AdmissionSettings? settings = null, int replicas = 1)
    {
        Pool = A.Pool("slm", null, [.. Enumerable.Range(1, replicas).Select(i => A.Replica($"r{i}", Time))]);
        Gate = new AdmissionGate(settings ?? Settings, Time);
        Gate.Tick(Pool);
    }

    public FakeTimeProvider Time { get; } = new();

    public AdmissionGate Gate { get; }

    public Pool Pool { get; }

    public ImmutableArray<Replica> Replicas => Pool.Replicas;

    public Replica Replica => Replicas[0];

    public Task<Admittance> EnterAsync(
        int priority = 0, int caller = 0, int tokens = 1000, double patience = 30, CancellationToken cancel = default, CancellationToken stopping = default) =>
        Gate.EnterAsync(new AdmissionClaim(priority, new CallerMark(caller), tokens), TimeSpan.FromSeconds(patience), cancel, stopping).AsTask();

    /// <summary>Takes all places that people may have.</summary>
    public List<Place> Fill()
    {
        var places = new List<Place>();
        while (Gate.TryEnter(isSpare: false, out var place))
            places.Add(place);
        return places;
    }

    /// <summary>Lets time pass, and the gate notice it.</summary>
    public void Pass(double seconds)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        Gate.Tick(Pool);
    }

    /// <summary>Serves all that wait, one at a time, and says in which order by their index; each holds its place for a moment.</summary>
    public async Task<List<int>> ServeAllAsync(Place first, List<Task<Admittance>> waiting)
    {
        var order = new List<int>();
        var left = waiting.Select((task, index) => (task, index)).ToList();
        var place = first;
        while (left.Count > 0)
        {
            place.Leave();
            var served = await Task.WhenAny(left.Select(each => each.task)).WaitAsync(TimeSpan.FromSeconds(10));
            var index = left.FindIndex(each => each.task == served);
            order.Add(left[index].index);
            left.RemoveAt(index);
            place = (await served).Place;
        }

        place.Leave();
        return order;
    }
}
