using Gateway.Protocol;

namespace Gateway.Upstream;

/// <summary>Waits for the first token of a stream, holding back everything before it.</summary>
/// <remarks>
/// vLLM answers 200 at once and says what went wrong later, and a draining one sends a role chunk and an abort. Neither may
/// reach the caller, so an answer counts as begun only with the first frame that shows something.
/// </remarks>
internal static class FirstTokenReader
{
    public static async ValueTask<UpstreamReply> ReadAsync(HttpResponseMessage response, AttemptClock clock)
    {
        var answer = new StreamedAnswer(response, await response.Content.ReadAsStreamAsync(clock.Token));
        try
        {
            while (true)
            {
                while (answer.TryRead(out var frame, out var chunk))
                {
                    if (FaultOf(answer, frame, chunk) is { } fault)
                        return fault;
                    if (!chunk.IsVisible && chunk.Finished == 0)
                        continue;
                    answer.Rewind();
                    var ready = answer;
                    answer = null;
                    return ready;
                }

                if (!await answer.FillAsync(clock.Token))
                    return new UpstreamFault(FaultKind.Cut, "the stream ended before its first token");
            }
        }
        finally
        {
            answer?.Dispose();
        }
    }

    /// <summary>Why a frame makes the attempt a failed one, although its status was good; null when it does not.</summary>
    public static UpstreamFault? FaultOf(StreamedAnswer answer, SseFrame frame, Chunk chunk) => chunk.Kind switch
    {
        ChunkKind.Garbage => new UpstreamFault(FaultKind.Garbage, "an event is not JSON"),
        ChunkKind.Error => RefusalReader.FromFrame(frame.Data.In(answer.Bytes).ToArray()),
        ChunkKind.Done => new UpstreamFault(FaultKind.Cut, "the stream said it was done before the answer was"),
        _ when chunk.IsAborted => new UpstreamFault(FaultKind.Aborted, "the engine gave the request up"),
        _ => null,
    };
}
