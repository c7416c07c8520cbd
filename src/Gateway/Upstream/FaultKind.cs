namespace Gateway.Upstream;

/// <summary>Why an attempt gave no answer.</summary>
public enum FaultKind
{
    /// <summary>No connection: refused, unreachable, or not within the connect timeout.</summary>
    ConnectFailed,

    /// <summary>A pooled connection that the replica had already closed; says nothing about the replica.</summary>
    StaleConnection,

    /// <summary>The connection broke before an answer began.</summary>
    Reset,

    /// <summary>A 5xx, or an error in place of the first token.</summary>
    ServerError,

    /// <summary>A 429.</summary>
    Overloaded,

    /// <summary>No token within the first-token timeout.</summary>
    FirstTokenTimeout,

    /// <summary><c>finish_reason: abort</c>: the engine is draining or gave the request up.</summary>
    Aborted,

    /// <summary>Bytes that are no answer in any dialect we speak.</summary>
    Garbage,

    /// <summary>The answer ended before it was complete.</summary>
    Cut,

    /// <summary>Silence within the answer for longer than the idle timeout.</summary>
    Stalled,

    /// <summary>The replica refused our key: 401 or 403.</summary>
    CredentialsRefused,

    /// <summary>The replica does not serve the pool's model: 404.</summary>
    ModelMissing,

    /// <summary>The prompt does not fit the replica's context.</summary>
    ContextExceeded,

    /// <summary>The request is wrong, says the upstream: another 4xx.</summary>
    CallerError,

    /// <summary>The request's own deadline passed.</summary>
    DeadlinePassed,

    /// <summary>The gateway is going down and has run out of time to wait.</summary>
    GatewayStopping,

    /// <summary>The caller left.</summary>
    CallerGone,
}
