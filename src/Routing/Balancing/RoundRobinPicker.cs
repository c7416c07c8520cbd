namespace Gateway.Routing.Balancing;

/// <summary><c>round_robin</c>: each candidate in turn, whatever its load.</summary>
public sealed class RoundRobinPicker : IReplicaPicker
{
    private uint _turn;

    public Choice Pick(ReadOnlySpan<Replica> candidates, in PickRequest request)
    {
        var turn = Interlocked.Increment(ref _turn) - 1;
        return candidates[(int)(turn % (uint)candidates.Length)];
    }
}
