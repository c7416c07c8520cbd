using Gateway.Completions;
using Gateway.Guardrails;
using Gateway.Protocol;

namespace Gateway.Guarding;

/// <summary>The guards of one request, and those of their verdicts that come while the upstream is at work.</summary>
/// <remarks>
/// Guards that ask someone else belong to the request, not to its caller: where others follow its answer it goes on without him, and they go on with
/// it. They end with the request, however it does. A verdict that lets nothing pass ends what is under way upstream at once; it is told by
/// <see cref="ConfirmAsync"/>.
/// </remarks>
/// <param name="chain">The inspection.</param>
/// <param name="time">The clock.</param>
#pragma warning disable CA1001 // Sources without timers and handles hold nothing, and a guard may still look at them when the request has ended; End disposes of the linked one.
public sealed class LateVerdicts(GuardChain chain, TimeProvider time)
#pragma warning restore CA1001 // Elsewhere what is disposable is disposed of.
{
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationTokenSource _denied = new();
    private CancellationTokenSource? _unwanted;

    /// <summary>Whether verdicts are still to come.</summary>
    public bool IsWaiting => chain.IsWaiting;

    /// <summary>Fires when a verdict has come that lets nothing pass.</summary>
    public CancellationToken Denied => _denied.Token;

    /// <summary>Runs the guards up to the last verdict that has to be waited for.</summary>
    /// <param name="callerGone">Fires when nobody waits any more; of no account once this has ended.</param>
    public async ValueTask RunAsync(CancellationToken callerGone)
    {
        using (callerGone.UnsafeRegister(static ending => ((CancellationTokenSource)ending!).Cancel(), _ending))
            await chain.RunAsync(_ending.Token);
        if (chain.IsWaiting && chain.Report.BlockedBy is null)
            _ = WatchAsync();
    }

    /// <summary>Fires when nobody wants the upstream's answer: whoever asked has left, or a guard lets nothing pass.</summary>
    /// <param name="callerGone">Fires when whoever asked has left.</param>
    public CancellationToken Unwanted(CancellationToken callerGone) =>
        (_unwanted ??= CancellationTokenSource.CreateLinkedTokenSource(callerGone, _denied.Token)).Token;

    /// <summary>Waits for the late verdicts, and notes on the exchange for how long.</summary>
    /// <returns>The error to answer with; null when the request may pass.</returns>
    public async ValueTask<ApiError?> ConfirmAsync(Exchange exchange)
    {
        if (!chain.IsWaiting)
            return null;
        var since = time.GetTimestamp();
        using (exchange.CallerGone.UnsafeRegister(static ending => ((CancellationTokenSource)ending!).Cancel(), _ending))
            await chain.ConfirmAsync();
        exchange.Wait(time.GetElapsedTime(since));
        return GuardRefusal.Of(exchange, exchange.Guards!);
    }

    /// <summary>The request has ended: whoever is still being asked need not answer.</summary>
    public void End()
    {
        if (chain.IsWaiting)
            _ = _ending.CancelAsync();
        _unwanted?.Dispose();
    }

    /// <summary>Never fails: what guards throw has become a verdict, and what was given up says nothing.</summary>
    private async Task WatchAsync()
    {
        if (await chain.IsDeniedAsync())
            await _denied.CancelAsync();
    }
}
