using System.Text;
using Gateway.Dispatch.Resume;
using Gateway.Protocol;

namespace Gateway.Delivery.Resume;

/// <summary>Writes the raw text of a further leg as the chat would have: thought, then answer.</summary>
internal sealed class RawLegWriter(Journal journal, Identity identity)
{
    /// <summary>Shows what a chunk adds to what was shown.</summary>
    public RawShown Show(ResumedLeg leg, ReadOnlySpan<byte> payload, in Chunk chunk, EventWriter caller)
    {
        var split = leg.Thought!;
        var (thought, answer) = split.Take(chunk.Content.In(payload));
        var endsHere = leg.EndsWithThought && !answer.IsEmpty;
        if (chunk.Finished > 0 && split.HoldsText)
            thought = (byte[])[.. thought.Span, .. split.TakeHeld().Span];
        thought = thought[leg.Seam.DropThought(thought.Span)..];
        answer = endsHere ? default : answer[leg.Seam.Drop(answer.Span)..];
        if (chunk.Finished > 0)
            leg.Seam.End();
        if (leg.Seam.HasDiverged)
            return RawShown.Diverged;
        if (leg.Seam.HasStopped)
            return RawShown.Stopped;
        ShowThought(leg, thought, !split.HoldsText && answer.IsEmpty && !endsHere, payload, chunk, caller);
        if (endsHere)
            return RawShown.ThoughtEnded;
        if (!answer.IsEmpty)
            journal.Show(answer.Span, default);
        if (!answer.IsEmpty || chunk.Finished > 0)
        {
            var parts = chunk.Finished > 0 ? SeamParts.Read(payload) : default;
            var end = new Ending(parts.Finish.In(payload), parts.Stop.In(payload));
            WriteDelta("content", answer.Span, end, IdsOf(leg, payload, chunk), caller);
        }
        else if (IdsOf(leg, payload, chunk) is { IsEmpty: false } ids && (thought.IsEmpty || journal.HidesThought))
        {
            // Who wants ids gets those of tokens that show nothing too.
            WriteDelta(null, default, default, ids, caller);
        }

        return RawShown.All;
    }

    private void ShowThought(ResumedLeg leg, ReadOnlyMemory<byte> thought, bool isWhole, ReadOnlySpan<byte> payload, in Chunk chunk, EventWriter caller)
    {
        if (thought.IsEmpty)
            return;
        if (journal.HidesThought)
        {
            journal.Conceal(thought.Span, isWhole);
            return;
        }

        journal.Show(default, thought.Span, isWhole);
        // The ids stand once, with what comes last.
        var ids = isWhole && chunk.Finished == 0 ? IdsOf(leg, payload, chunk) : default;
        WriteDelta("reasoning", thought.Span, default, ids, caller);
    }

    /// <summary>The ids of a chunk that the caller wants and has not seen, with commas between them.</summary>
    private ReadOnlySpan<byte> IdsOf(ResumedLeg leg, ReadOnlySpan<byte> payload, in Chunk chunk)
    {
        if (!leg.TellsIds || chunk.TokenIds.IsEmpty || journal.Ids is not { Fresh: > 0 and var fresh })
            return default;
        var inside = chunk.TokenIds.In(payload)[1..^1];
        var from = inside.Length;
        for (; fresh > 0 && from > 0; fresh--)
            from = Math.Max(0, inside[..from].LastIndexOf((byte)','));
        return inside[from..].TrimStart((byte)',');
    }

    private void WriteDelta(string? name, ReadOnlySpan<byte> text, Ending end, ReadOnlySpan<byte> ids, EventWriter caller)
    {
        caller.Write(Encoding.UTF8.GetBytes($"data: {identity.Heading}\"choices\":[{{\"index\":0,\"delta\":{{"));
        if (name is not null)
        {
            caller.Write(Encoding.UTF8.GetBytes($"\"{name}\":\""));
            caller.Write(text);
            caller.Write("\""u8);
        }

        caller.Write("},\"logprobs\":null,\"finish_reason\":"u8);
        caller.Write(end.Finish.IsEmpty ? "null"u8 : end.Finish);
        if (!end.Stop.IsEmpty)
        {
            caller.Write(",\"stop_reason\":"u8);
            caller.Write(end.Stop);
        }

        if (!ids.IsEmpty)
        {
            caller.Write(",\"token_ids\":["u8);
            caller.Write(ids);
            caller.Write("]"u8);
        }

        caller.Write("}]}\n\n"u8);
    }

    /// <summary>How the answer ends, as JSON values; empty while it does not.</summary>
    private readonly ref struct Ending(ReadOnlySpan<byte> finish, ReadOnlySpan<byte> stop)
    {
        public readonly ReadOnlySpan<byte> Finish = finish;
        public readonly ReadOnlySpan<byte> Stop = stop;
    }
}

/// <summary>What became of a chunk of raw text.</summary>
internal enum RawShown : byte
{
    /// <summary>It was shown, as far as it has anything new.</summary>
    All,

    /// <summary>It says something else than was shown already.</summary>
    Diverged,

    /// <summary>It makes a stop string whole that began in what was shown.</summary>
    Stopped,

    /// <summary>The thought is over; what follows it is another leg's.</summary>
    ThoughtEnded,
}
