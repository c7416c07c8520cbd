namespace Gateway.Hosting;

/// <summary>Fires when the time is up that running answers get after SIGTERM.</summary>
public sealed class DrainClock : IDisposable
{
    /// <summary>What is left of the drain for telling callers that their answer ends here.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _expired = new();

    /// <summary>Ends answers that are still running.</summary>
    public CancellationToken Expired => _expired.Token;

    /// <summary>Whether the gateway has been told to stop.</summary>
    public bool IsDraining { get; private set; }

    public void Start(TimeSpan drain)
    {
        IsDraining = true;
        _expired.CancelAfter(drain > Farewell * 2 ? drain - Farewell : drain / 2);
    }

    public void Dispose() => _expired.Dispose();
}
