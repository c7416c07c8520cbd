using Gateway.Dispatch;
using Gateway.Dispatch.Resume;
using Gateway.Protocol;
using Gateway.Upstream;

namespace Gateway.Delivery.Resume;

/// <summary>Writes a stream's frames on as they came, without what the caller did not ask for, and notes in the journal what was shown.</summary>
internal static class FrameForwarder
{
    /// <summary>Writes the whole frames that have arrived and may be shown, in as few writes as they allow.</summary>
    /// <param name="answer">The stream, at its first unread frame.</param>
    /// <param name="caller">Where to; the turn is taken.</param>
    /// <param name="progress">How far the stream has come.</param>
    /// <param name="hides">What of each frame the caller is not to see.</param>
    /// <param name="journal">What is shown is noted there; null when nobody will go on with it.</param>
    public static void Forward(StreamedAnswer answer, EventWriter caller, StreamProgress progress, HiddenParts hides, Journal? journal)
    {
        var run = new ByteRange(0, 0);
        while (!progress.IsOver && answer.TryRead(out var frame, out var chunk))
        {
            var logprobs = (hides & HiddenParts.Logprobs) != 0 ? chunk.Logprobs : default;
            // A frame that shows nothing was sent for its log-probabilities alone.
            var shows = progress.MayShow(answer, frame, chunk) && (logprobs.IsEmpty || chunk.IsVisible || chunk.Finished > 0);
            if (journal is not null && chunk.Kind == ChunkKind.Part)
                journal.Count(frame.Data.In(answer.Bytes), chunk);
            var isHeld = journal is { IsLost: false } && (chunk.CallsTool || journal.HoldsCall);
            if (!shows || isHeld)
            {
                if (!run.IsEmpty)
                    caller.Write(run.In(answer.Bytes));
                run = default;
                if (!shows && chunk.IsUsageOnly)
                    caller.Withhold(frame.Whole.In(answer.Bytes));
                if (!shows)
                    continue;
            }
            else if (journal is not null)
            {
                Note(journal, frame.Data.In(answer.Bytes), chunk);
            }

            var outlet = isHeld ? CallHold.OutletFor(journal, chunk, frame.Whole.Length, caller) : new Outlet(caller, null);
            run = run.IsEmpty ? frame.Whole : new ByteRange(run.Start, run.Length + frame.Whole.Length);
            if (!logprobs.IsEmpty)
                run = outlet.WriteAround(answer.Bytes, run, In(frame, logprobs), "null"u8);
            if ((hides & HiddenParts.RunningUsage) != 0 && !chunk.UsageMember.IsEmpty && !chunk.IsUsageOnly)
                run = outlet.WriteAround(answer.Bytes, run, In(frame, chunk.UsageMember), default);
            if (isHeld)
            {
                outlet.Write(run.In(answer.Bytes));
                run = default;
                CallHold.ReleaseAtEnd(journal, chunk, caller);
            }
        }

        if (!run.IsEmpty)
            caller.Write(run.In(answer.Bytes));
    }

    /// <summary>Notes what a chunk shows.</summary>
    private static void Note(Journal journal, ReadOnlySpan<byte> payload, in Chunk chunk)
    {
        if (chunk.ShowsOther || chunk.CallsTool)
            journal.Lose();
        if (chunk.IsVisible)
            journal.Show(chunk.Content.In(payload), chunk.Reasoning.In(payload));
    }

    private static ByteRange In(SseFrame frame, ByteRange range) => new(frame.Data.Start + range.Start, range.Length);
}
