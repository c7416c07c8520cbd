using Gateway.Guardrails;
using Gateway.Routing.Health;

namespace Gateway.Guarding.Remote;

/// <summary>A guard that asks a judge: for a limited time, so many at once, and for a while not at all when that one is down.</summary>
/// <param name="judge">Who is asked.</param>
/// <param name="limit">The longest that one inspection may take, all of its calls together.</param>
/// <param name="time">The clock.</param>
#pragma warning disable CA1001 // The semaphore holds nothing to let go of: nobody asks for its wait handle.
internal sealed class BoundedGuard(IJudge judge, TimeSpan limit, TimeProvider time) : IRemoteGuard
#pragma warning restore CA1001 // Elsewhere what is disposable is disposed of.
{
    /// <summary>Inspections under way at once; more wait within their own limit of time. As many connections, at most, are opened to a service.</summary>
    private const int AtOnce = 256;

    /// <summary>
    /// As many outages in a row, and as long, as pools have it by default for their replicas, with two more to begin with: a replica has others
    /// beside it, a guard has not.
    /// </summary>
    private static readonly BreakerSettings Settings = new(5, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    private readonly CircuitBreaker _breaker = new(Settings, time);
    private readonly SemaphoreSlim _turns = new(AtOnce);

    /// <summary>Who is asked.</summary>
    public IJudge Judge => judge;

    public async ValueTask<RemoteVerdict> InspectAsync(RemoteQuestion question, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var pass = _breaker.TryEnter();
        if (pass == BreakerPass.Refused)
            return RemoteVerdict.Failed("breaker open");
        bool? isUp = null;
        try
        {
            (var verdict, isUp) = await JudgeAsync(question, cancel);
            return verdict;
        }
        finally
        {
            // Also when nobody waits any more, or in case of a bug: a trial that is never reported would be the last one.
            Report(pass, isUp);
        }
    }

    private async ValueTask<Judgement> JudgeAsync(RemoteQuestion question, CancellationToken cancel)
    {
        using var clock = new CancellationTokenSource(limit, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, clock.Token);
        var hasTurn = false;
        try
        {
            await _turns.WaitAsync(end.Token);
            hasTurn = true;
            return await judge.JudgeAsync(question, new Patience(end.Token, cancel));
        }
        catch (OperationCanceledException) when (clock.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return hasTurn ? Judgement.Failed("timeout", isOutage: true) : Judgement.Failed("too many at once");
        }
        finally
        {
            if (hasTurn)
                _turns.Release();
        }
    }

    private void Report(BreakerPass pass, bool? isUp)
    {
        if (isUp is null)
            _breaker.Dropped(pass);
        else if (isUp.Value)
            _breaker.Succeeded(pass);
        else
            _breaker.Failed(pass);
    }
}
