using Gateway.Upstream;

namespace Gateway.Dispatch;

/// <summary>The only place that says "again": what follows an attempt that gave no answer.</summary>
/// <remarks>A pure function, so that its whole table can be read in its test.</remarks>
public static class RetryRule
{
    public static RetryStep Decide(FaultKind fault, bool isCommitted, RetryRoom room)
    {
        if (isCommitted)
            return RetryStep.Stop;
        switch (fault)
        {
            case FaultKind.CallerGone or FaultKind.CallerError or FaultKind.DeadlinePassed or FaultKind.GatewayStopping:
                return RetryStep.Stop;
            case FaultKind.StaleConnection when room.MayReconnect:
                return RetryStep.Reconnect;
            case FaultKind.ContextExceeded:
                return room.HasLargerPool ? RetryStep.LargerPool : RetryStep.Stop;
        }

        if (room.HasReplica && room.HasAttempt && room.HasBudget)
            return RetryStep.NextReplica;
        if (room.HasPool)
            return RetryStep.NextPool;
        return MayPass(fault) && room.HasAttempt && room.HasBudget ? RetryStep.SameReplica : RetryStep.Stop;
    }

    /// <summary>Faults that may be over a moment later, so that the only replica there is deserves a second try.</summary>
    private static bool MayPass(FaultKind fault) =>
        fault is FaultKind.ConnectFailed or FaultKind.StaleConnection or FaultKind.Reset or FaultKind.Cut or FaultKind.ServerError or FaultKind.Garbage;
}

/// <summary>What a request may still do.</summary>
/// <param name="HasAttempt">It has attempts left in this pool.</param>
/// <param name="HasReplica">The pool has a replica it has not been to, and that may be tried.</param>
/// <param name="HasBudget">The pool's retry budget allows another one.</param>
/// <param name="HasPool">The plan has another pool.</param>
/// <param name="HasLargerPool">One of those takes a longer context.</param>
/// <param name="MayReconnect">It has not yet reconnected to this replica because of a stale connection.</param>
public readonly record struct RetryRoom(
    bool HasAttempt, bool HasReplica, bool HasBudget, bool HasPool, bool HasLargerPool, bool MayReconnect);

/// <summary>What to do after a fault.</summary>
public enum RetryStep
{
    /// <summary>Give the caller the error.</summary>
    Stop,

    /// <summary>The same replica over a new connection; costs nothing and blames nobody.</summary>
    Reconnect,

    /// <summary>Another replica of the pool.</summary>
    NextReplica,

    /// <summary>A replica already tried, after a pause, because there is no other.</summary>
    SameReplica,

    /// <summary>The plan's next pool.</summary>
    NextPool,

    /// <summary>The plan's next pool with a longer context.</summary>
    LargerPool,
}
