using Gateway.Protocol;
using Gateway.Upstream;

namespace Gateway.Delivery;

/// <summary>How far a stream has come, and whether each frame of it may be shown.</summary>
/// <remarks>
/// A stream is complete when every choice has ended with a reason of the model's own. <c>[DONE]</c> alone proves nothing, since
/// vLLM sends it after an error and after an abort too: it only says that no choice will come that has not been seen. Its
/// absence proves a cut, which matters only if a choice was still open.
/// </remarks>
public sealed class StreamProgress(int choices, bool asksUsage)
{
    private int _expected = choices;
    private int _seen;
    private int _finished;
    private UpstreamFault? _fault;

    /// <summary>Nothing more is to be read.</summary>
    public bool IsOver { get; private set; }

    public bool IsDoneShown { get; private set; }

    /// <summary>The caller has been sent the token counts.</summary>
    public bool IsUsageShown { get; private set; }

    /// <summary>Token counts, once they have come.</summary>
    public Usage? Usage { get; private set; }

    /// <summary>Why the answer is incomplete; null when it is complete.</summary>
    public UpstreamFault? Fault => IsComplete ? null : _fault;

    /// <summary>Every choice has ended: what is missing yet says nothing of the answer.</summary>
    public bool IsComplete => _finished > 0 && _finished >= _expected;

    /// <summary>Takes note of a frame.</summary>
    /// <returns>Whether the caller may see it.</returns>
    public bool MayShow(StreamedAnswer answer, SseFrame frame, Chunk chunk)
    {
        switch (chunk.Kind)
        {
            case ChunkKind.Garbage:
                return Fail(new UpstreamFault(FaultKind.Garbage, "an event is not JSON"));
            case ChunkKind.Error:
                return Fail(RefusalReader.FromFrame(frame.Data.In(answer.Bytes).ToArray()));
            case ChunkKind.Done:
                IsOver = true;
                _expected = _seen;
                _fault ??= new UpstreamFault(FaultKind.Cut, "the stream said it was done before the answer was");
                return IsDoneShown = IsComplete;
        }

        if (chunk.IsAborted)
            return Fail(new UpstreamFault(FaultKind.Aborted, "the engine gave the request up"));
        _seen = Math.Max(_seen, chunk.Choices);
        _finished += chunk.Finished;
        Usage = chunk.Usage ?? Usage;
        IsUsageShown |= asksUsage && chunk.IsUsageOnly;
        return asksUsage || !chunk.IsUsageOnly;
    }

    /// <summary>Takes the answer for complete: nothing more is to come, and nothing is missing.</summary>
    public void Complete()
    {
        (IsOver, _finished) = (true, Math.Max(1, _expected));
        IsDoneShown = true;
        IsUsageShown = true;
    }

    /// <summary>Takes the answer for broken.</summary>
    public void Break(UpstreamFault fault) => Fail(fault);

    /// <summary>The connection has ended.</summary>
    public void End()
    {
        IsOver = true;
        _fault ??= new UpstreamFault(FaultKind.Cut, "the answer was cut off");
    }

    /// <summary>What goes wrong behind the end of a whole answer takes nothing away from it.</summary>
    private bool Fail(UpstreamFault fault)
    {
        IsOver = true;
        if (IsComplete)
            return false;
        _finished = 0;
        _fault = fault;
        return false;
    }
}
