namespace Gateway.Simulator;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>The connection is reset as soon as it is accepted, as by a process that is gone.</summary>
    Refuse,

    /// <summary>The request is read, then the connection is reset before any response byte.</summary>
    ResetBeforeHeaders,

    /// <summary>An HTTP status instead of an answer.</summary>
    Status,

    /// <summary>The first token comes late.</summary>
    SlowFirstToken,

    /// <summary>Nothing more comes, and the connection stays open.</summary>
    StallAfter,

    /// <summary>The connection is reset in the middle.</summary>
    CutAfter,

    /// <summary>An error frame in the stream, then [DONE]; a plain request gets a 500.</summary>
    ErrorFrameAfter,

    /// <summary>The answer ends with finish reason "abort".</summary>
    AbortAfter,

    /// <summary>Bytes that are not JSON.</summary>
    GarbageAfter,

    /// <summary>A character loses its last byte.</summary>
    TruncatedUtf8After,

    /// <summary>A whole stream without [DONE] at its end; a plain answer is not touched.</summary>
    MissingDone,
}
