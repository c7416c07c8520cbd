using Gateway.Bench.Load.Report;
using Gateway.Bench.Load.Scenarios;

namespace Gateway.Load.Tests.Report;

internal sealed class FakeScenario : IScenario
{
    public string Name => "fake";

    public string Summary => "What is asked";

    public IReadOnlyList<string> SimulatorArguments => [];

    public bool Streams => false;

    public int Tokens => 1;

    public WarmUp WarmUp => new(1, 1, 1);

    public IReadOnlyList<Phase> Phases => [new("open", 10, 1, TimeSpan.Zero, TimeSpan.FromSeconds(1))];

    public IReadOnlyList<Column> Columns =>
    [
        new("CPU", "open", m => m.CpuPerRequest) { HasRatio = true },
        new("p50 added", "open", m => m.Latency.P50) { IsAdded = true, Format = "N0" },
    ];
}
