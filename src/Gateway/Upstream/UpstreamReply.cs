namespace Gateway.Upstream;

/// <summary>How an attempt ended: with an answer that may be shown, or with a fault.</summary>
/// <param name="Fault">Why there is no answer.</param>
/// <param name="Stream">A stream whose first token has arrived.</param>
/// <param name="Whole">A complete answer.</param>
public readonly record struct UpstreamReply(UpstreamFault? Fault, StreamedAnswer? Stream, WholeAnswer? Whole)
{
    public static implicit operator UpstreamReply(UpstreamFault fault) => new(fault, null, null);

    public static implicit operator UpstreamReply(StreamedAnswer stream) => new(null, stream, null);

    public static implicit operator UpstreamReply(WholeAnswer whole) => new(null, null, whole);
}
