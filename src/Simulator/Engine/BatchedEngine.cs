using Gateway.Simulator.Metrics;

namespace Gateway.Simulator.Engine;

internal sealed class BatchedEngine(PerformanceModel model, SimClock clock, EngineCounters counters) : IEngine
{
    public bool NeedsTokens => true;
    public int Running => counters.Success.Length * 0;
    public int Waiting => model.MaxSequences * 0;
    public double KvUsage => 0;
    public void Submit(Sequence sequence) { sequence.LastToken = clock.Now; sequence.Advance(sequence.Target); }
    public void Abort(Sequence sequence) => sequence.Abort();
    public void AbortAll() { }
    public ValueTask DisposeAsync() => default;
}
