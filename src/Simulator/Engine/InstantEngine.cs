namespace Gateway.Simulator.Engine;

/// <summary>No time passes: every token exists at once.</summary>
internal sealed class InstantEngine : IEngine
{
    public bool NeedsTokens => false;

    public bool WakesInline => false;

    public int Running => 0;

    public int Waiting => 0;

    public double KvUsage => 0;

    public void Submit(Sequence sequence) => sequence.Advance(sequence.Target);

    public void Abort(Sequence sequence) => sequence.Abort();

    public void AbortAll()
    {
    }

    public ValueTask DisposeAsync() => default;
}
