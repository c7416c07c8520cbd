using Gateway.Protocol;
using Gateway.Routing.Cascade.Checks;
using Gateway.Upstream;

namespace Gateway.Dispatch.Verification;

/// <summary>Holds back the beginning of a stream, or all of it, until there is enough to judge.</summary>
internal static class StreamHold
{
    /// <summary>
    /// Most bytes held: some six thousand tokens with their log-probabilities, at about 700 bytes each. What is longer is judged
    /// as far as it goes.
    /// </summary>
    private const int MostBytes = 4 * 1024 * 1024;

    /// <summary>Reads until the answer has ended, or has the tokens that are to be judged and nothing in it must be judged whole.</summary>
    /// <param name="dispatched">A stream at its first frame; afterwards it stands there again.</param>
    /// <param name="idle">Longest silence.</param>
    /// <param name="draft">Filled in.</param>
    /// <param name="offer">What was asked for: JSON, calls, and text that looks like a call are held to their end.</param>
    /// <param name="tokens">Tokens to hold of everything else.</param>
    /// <returns>Why there is no answer; null when there is.</returns>
    public static async ValueTask<UpstreamFault?> ReadAsync(
        DispatchedAnswer dispatched, TimeSpan idle, DraftAnswer draft, Offer offer, int tokens)
    {
        var (stream, clock) = (dispatched.Stream!, dispatched.Clock!);
        try
        {
            while (true)
            {
                while (stream.TryRead(out var frame, out var chunk))
                {
                    if (FirstTokenReader.FaultOf(stream, frame, chunk) is { } fault)
                        return fault;
                    DraftReader.Read(PayloadOf(stream, frame), draft);
                    if (draft.IsWhole || (draft.HasShown && draft.Arrived >= tokens && !MustBeWhole(draft, offer)))
                        return null;
                }

                if (stream.Bytes.Length >= MostBytes)
                    return null;
                clock.Allow(idle);
                if (!await stream.FillAsync(clock.Token))
                    return new UpstreamFault(FaultKind.Cut, "the answer was cut off while it was held back");
            }
        }
        catch (OperationCanceledException)
        {
            return clock.Explain(FaultKind.Stalled, $"no token for {idle.TotalSeconds:0.###} s while the answer was held back");
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return new UpstreamFault(FaultKind.Cut, "the answer was cut off while it was held back");
        }
        catch (InvalidDataException e)
        {
            return new UpstreamFault(FaultKind.Garbage, e.Message);
        }
        finally
        {
            stream.Rewind();
        }
    }

    /// <summary>Reads what follows the end of an answer, for its token counts; what takes long is not waited for.</summary>
    public static async ValueTask<Usage?> ReadUsageAsync(DispatchedAnswer dispatched)
    {
        var (stream, clock) = (dispatched.Stream!, dispatched.Clock!);
        Usage? usage = null;
        try
        {
            clock.Allow(PoolConnections.DrainTimeout);
            while (true)
            {
                while (stream.TryRead(out _, out var chunk))
                {
                    usage = chunk.Usage ?? usage;
                    if (chunk.Kind == ChunkKind.Done)
                        return usage;
                }

                if (!await stream.FillAsync(clock.Token))
                    return usage;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException or InvalidDataException)
        {
            // The answer is whole; only its count is lost.
            return usage;
        }
        finally
        {
            stream.Rewind();
        }
    }

    private static bool MustBeWhole(DraftAnswer draft, Offer offer) =>
        draft.HasCalls || offer.Form != AnswerForm.Text || offer.LooksLikeCall(draft.Text);

    private static ReadOnlySpan<byte> PayloadOf(StreamedAnswer stream, SseFrame frame) =>
        frame.Data.IsEmpty ? "{}"u8 : frame.Data.In(stream.Bytes);
}
