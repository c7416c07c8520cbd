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
        Span<HiddenPart> parts = stackalloc HiddenPart[HiddenFrames.MostParts];
        while (!progress.IsOver && answer.TryRead(out var frame, out var chunk))
        {
            var shows = progress.MayShow(answer, frame, chunk) && !HiddenFrames.Hides(hides, chunk);
            if (journal is not null && chunk.Kind == ChunkKind.Part)
                Take(journal, frame.Data.In(answer.Bytes), chunk, hides);
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
                Note(journal, frame.Data.In(answer.Bytes), chunk, hides);
            }

            var outlet = isHeld ? CallHold.OutletFor(journal, chunk, frame.Whole.Length, caller) : new Outlet(caller, null);
            run = run.IsEmpty ? frame.Whole : new ByteRange(run.Start, run.Length + frame.Whole.Length);
            var hidden = HiddenFrames.PartsOf(hides, frame.Data.In(answer.Bytes), chunk, parts);
            foreach (var part in parts[..hidden])
                run = outlet.WriteAround(answer.Bytes, run, In(frame, part.At), part.IsNulled ? "null"u8 : default);
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

    /// <summary>Counts a chunk, and keeps the thought that the caller is not shown.</summary>
    private static void Take(Journal journal, ReadOnlySpan<byte> payload, in Chunk chunk, HiddenParts hides)
    {
        journal.Count(payload, chunk);
        if ((hides & HiddenParts.Thought) != 0 && !chunk.Reasoning.IsEmpty)
            journal.Conceal(chunk.Reasoning.In(payload));
    }

    /// <summary>Notes what a chunk shows.</summary>
    private static void Note(Journal journal, ReadOnlySpan<byte> payload, in Chunk chunk, HiddenParts hides)
    {
        if (chunk.ShowsOther || chunk.CallsTool)
            journal.Lose();
        if (chunk.IsVisible)
            journal.Show(chunk.Content.In(payload), (hides & HiddenParts.Thought) != 0 ? default : chunk.Reasoning.In(payload));
    }

    private static ByteRange In(SseFrame frame, ByteRange range) => new(frame.Data.Start + range.Start, range.Length);
}
