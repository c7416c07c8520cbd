using System.Net;

namespace Gateway.Bench.Load.Targets;

/// <summary>A target that is up.</summary>
/// <param name="Target">What it is.</param>
/// <param name="Port">Loopback port it listens on.</param>
/// <param name="Process">Its process; null when there is none but the simulator.</param>
public sealed record RunningTarget(ITarget Target, int Port, ServerProcess? Process) : IAsyncDisposable
{
    /// <summary>Where callers connect.</summary>
    public IPEndPoint Endpoint => new(IPAddress.Loopback, Port);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
