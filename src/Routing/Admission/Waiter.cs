using System.Threading.Tasks.Sources;

namespace Gateway.Routing.Admission;

/// <summary>One request that waits for a place; lent by its gate and taken back when its outcome has been read.</summary>
/// <remarks>It is in two lists at once, whose links it carries itself: its caller's, and that of all who wait, by deadline.</remarks>
internal sealed class Waiter(AdmissionGate gate) : IValueTaskSource<Admittance>
{
    // A caller that is served goes on elsewhere than in the thread that made room for it, which may hold the gate's lock.
    private ManualResetValueTaskSourceCore<Admittance> _outcome = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _callerGone;
    private CancellationTokenRegistration _stopping;

    public AdmissionClaim Claim { get; private set; }

    /// <summary>Timestamp of its arrival.</summary>
    public long Since { get; private set; }

    /// <summary>Timestamp by which it must be served.</summary>
    public long Deadline { get; private set; }

    /// <summary>Its caller's line; null when it waits no longer.</summary>
    public CallerLine? Line { get; set; }

    public Waiter? NextInLine { get; set; }

    public Waiter? PreviousInLine { get; set; }

    public Waiter? NextByDeadline { get; set; }

    public Waiter? PreviousByDeadline { get; set; }

    public void Begin(in AdmissionClaim claim, long since, long deadline) => (Claim, Since, Deadline) = (claim, since, deadline);

    /// <summary>Lets it be given up; not under the gate's lock, for a token that has fired does so at once.</summary>
    public ValueTask<Admittance> WaitAsync(CancellationToken callerGone, CancellationToken stopping)
    {
        var version = _outcome.Version;
        _callerGone = callerGone.UnsafeRegister(static waiter => ((Waiter)waiter!).GiveUp(), this);
        _stopping = stopping.UnsafeRegister(static waiter => ((Waiter)waiter!).GiveUp(), this);
        return new ValueTask<Admittance>(this, version);
    }

    public void End(in Admittance outcome) => _outcome.SetResult(outcome);

    Admittance IValueTaskSource<Admittance>.GetResult(short token)
    {
        var outcome = _outcome.GetResult(token);
        // Disposing waits for a registration that is being called, so that none can reach the next request that is lent this.
        _callerGone.Dispose();
        _stopping.Dispose();
        _outcome.Reset();
        gate.TakeBack(this);
        return outcome;
    }

    ValueTaskSourceStatus IValueTaskSource<Admittance>.GetStatus(short token) => _outcome.GetStatus(token);

    void IValueTaskSource<Admittance>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _outcome.OnCompleted(continuation, state, token, flags);

    private void GiveUp() => gate.GiveUp(this);
}
