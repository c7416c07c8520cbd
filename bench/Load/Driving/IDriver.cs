namespace Gateway.Bench.Load.Driving;

/// <summary>Decides when requests start.</summary>
public interface IDriver
{
    /// <summary>Drives until <paramref name="stop"/>, then lets the requests under way end.</summary>
    Task RunAsync(ICall call, CancellationToken stop);

    /// <summary>Gives up on requests due but not started; called when the end has been waited for long enough.</summary>
    void Abandon(ICall call);
}
