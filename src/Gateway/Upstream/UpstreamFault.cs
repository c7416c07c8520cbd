namespace Gateway.Upstream;

/// <summary>Why an attempt gave no answer, and on whose side.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Detail">In words, for the caller's error and the log; never prompt text.</param>
/// <param name="Param">The request field the upstream blames, where it is the caller's fault.</param>
/// <param name="Status">The upstream's HTTP status, where it sent one.</param>
/// <param name="RetryAfter">How long the upstream asked to be left alone.</param>
public sealed record UpstreamFault(
    FaultKind Kind, string Detail, string? Param = null, int? Status = null, TimeSpan? RetryAfter = null)
{
    public static readonly UpstreamFault CallerGone = new(FaultKind.CallerGone, "the caller left");

    /// <summary>A guard lets nothing pass. Nobody's fault either: to whoever was asked it looks as if the caller had left.</summary>
    public static readonly UpstreamFault Denied = new(FaultKind.CallerGone, "a guard let nothing pass");

    /// <summary>Whose failure it is.</summary>
    public FaultSide Side => Kind switch
    {
        FaultKind.CallerGone or FaultKind.CallerError or FaultKind.ContextExceeded => FaultSide.Caller,
        FaultKind.StaleConnection or FaultKind.DeadlinePassed or FaultKind.GatewayStopping => FaultSide.Nobody,
        _ => FaultSide.Upstream,
    };
}

/// <summary>On whose side a fault is; only the upstream's count against a replica.</summary>
public enum FaultSide
{
    Upstream,
    Caller,
    Nobody,
}
