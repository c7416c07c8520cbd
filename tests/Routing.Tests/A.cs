using Gateway.Routing.Balancing;
using Gateway.Routing.Health;

namespace Gateway.Routing.Tests;

/// <summary>Builders: what a test does not name does not matter to it.</summary>
internal static class A
{
    public static readonly BreakerSettings Breaker = new(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8));

    public static Replica Replica(string host = "a", TimeProvider? time = null) =>
        new(new Uri($"http://{host}:8000/"), new CircuitBreaker(Breaker, time ?? TimeProvider.System));

    public static PickerSettings PickerSettings(TimeProvider? time = null, int seed = 1) =>
        new(new Random(seed), time ?? TimeProvider.System, TimeSpan.FromSeconds(2));

    public static Pool Pool(string name, int? context = null, params Replica[] replicas) =>
        new(name, $"org/{name}", context, [.. replicas.Length == 0 ? [Replica(name)] : replicas], new RoundRobinPicker());
}
