using System.Globalization;
using System.Text;
using Gateway.Dispatch;
using Gateway.Dispatch.Resume;
using Gateway.Protocol;
using Gateway.Upstream;

namespace Gateway.Delivery.Resume;

/// <summary>Writes a further leg's frames as if the first leg had sent them.</summary>
/// <remarks>
/// Each frame keeps its own bytes but for the values that tell streams apart, the role, what the seam drops, and the usage. Slower than
/// what carries a first leg, and only resumed streams pay for it.
/// </remarks>
internal sealed class LegWriter(Journal journal, ChatRequest request)
{
    private static readonly UpstreamFault Diverged = new(FaultKind.Garbage, "another replica began to say something else");
    private static readonly byte[] DoneFrame = "data: [DONE]\n\n"u8.ToArray();

    private readonly Identity _identity = Identity.Of(journal);
    private RawLegWriter? _raw;

    /// <summary>The leg has said the thought to its end, and another one is to answer.</summary>
    public bool HandsOver { get; private set; }

    /// <summary>Writes the whole frames of a leg that have arrived.</summary>
    public void Forward(ResumedLeg leg, EventWriter caller, StreamProgress progress)
    {
        var answer = leg.Answer.Stream!;
        HandsOver = false;
        while (!progress.IsOver && answer.TryRead(out var frame, out var chunk))
        {
            var payload = frame.Data.In(answer.Bytes);
            var shows = progress.MayShow(answer, frame, chunk);
            if (chunk.Kind == ChunkKind.Done && shows)
                caller.Write(DoneFrame);
            if (chunk.Kind != ChunkKind.Part || payload.IsEmpty)
                continue;
            var generated = journal.TotalTokens;
            journal.Count(payload, chunk);
            if (chunk.Usage is { } counted && journal.PromptTokens is null)
                journal.PromptTokens = Math.Max(0, counted.Prompt - leg.Before);
            if (chunk.IsUsageOnly ? !request.AsksUsage : !shows)
                continue;
            if (chunk.IsUsageOnly && leg.Thought is not null)
                WriteUsage(caller);
            else if (leg.Thought is not null)
                ShowRaw(leg, payload, chunk, generated, caller, progress);
            else
                Show(leg.Seam, payload, chunk, leg.Answer.Hides, caller, progress);
        }
    }

    /// <summary>Ends the stream where no replica has to say anything any more.</summary>
    /// <param name="reason">The finish reason.</param>
    /// <param name="caller">Where to; the turn is taken.</param>
    public void End(string reason, EventWriter caller)
    {
        if (journal.HoldsCall)
            journal.Release();
        caller.Write(Encoding.UTF8.GetBytes(
            $"data: {_identity.Heading}\"choices\":[{{\"index\":0,\"delta\":{{}},\"logprobs\":null,\"finish_reason\":\"{reason}\",\"stop_reason\":null}}]}}\n\n"));
        if (request.AsksUsage)
            WriteUsage(caller);
        caller.Write(DoneFrame);
    }

    /// <summary>Writes the chunk that tells the usage of the whole answer.</summary>
    public void WriteUsage(EventWriter caller) =>
        caller.Write(Encoding.UTF8.GetBytes($"data: {_identity.Heading}\"choices\":[],\"usage\":{UsageText()}}}\n\n"));

    private void ShowRaw(ResumedLeg leg, ReadOnlySpan<byte> payload, in Chunk chunk, int generated, EventWriter caller, StreamProgress progress)
    {
        var shown = (_raw ??= new RawLegWriter(journal, _identity)).Show(leg, payload, chunk, caller);
        if (shown == RawShown.Diverged)
        {
            journal.Ids?.Forget();
            progress.Break(Diverged);
        }
        else if (shown == RawShown.ThoughtEnded)
        {
            journal.EndLeg(generated);
            HandsOver = true;
            progress.Complete();
        }
        else if (shown == RawShown.Stopped)
        {
            End("stop", caller);
            progress.Complete();
        }
    }

    private void Show(Seam seam, ReadOnlySpan<byte> payload, Chunk chunk, HiddenParts hides, EventWriter caller, StreamProgress progress)
    {
        var (content, reasoning) = (chunk.Content, chunk.Reasoning);
        if ((hides & HiddenParts.Thought) != 0 && !reasoning.IsEmpty)
        {
            journal.Conceal(reasoning.In(payload));
            reasoning = default;
        }

        if (HiddenFrames.Hides(hides, chunk))
            return;
        var (dropped, droppedThought) = (seam.Drop(content.In(payload)), seam.DropThought(reasoning.In(payload)));
        if (chunk.Finished > 0)
            seam.End();
        if (seam.HasDiverged)
        {
            progress.Break(Diverged);
            return;
        }

        if (seam.HasStopped)
        {
            End("stop", caller);
            progress.Complete();
            return;
        }

        content = new ByteRange(content.Start + dropped, content.Length - dropped);
        reasoning = new ByteRange(reasoning.Start + droppedThought, reasoning.Length - droppedThought);
        var shows = content.Length > 0 || reasoning.Length > 0 || chunk.CallsTool || chunk.ShowsOther;
        if (!shows && chunk.Finished == 0 && !chunk.IsUsageOnly)
            return;
        var outlet = CallHold.OutletFor(journal, chunk, payload.Length + _identity.Length, caller);
        if (shows && !chunk.CallsTool)
            Note(content.In(payload), reasoning.In(payload), chunk);
        outlet.Write("data: "u8);
        WriteEdited(outlet, payload, chunk, hides, (dropped, droppedThought));
        outlet.Write("\n\n"u8);
        CallHold.ReleaseAtEnd(journal, chunk, caller);
    }

    private void Note(ReadOnlySpan<byte> content, ReadOnlySpan<byte> reasoning, in Chunk chunk)
    {
        if (chunk.ShowsOther)
            journal.Lose();
        journal.Show(content, reasoning);
    }

    private void WriteEdited(Outlet outlet, ReadOnlySpan<byte> payload, in Chunk chunk, HiddenParts hides, (int Content, int Thought) dropped)
    {
        var parts = SeamParts.Read(payload);
        var (ids, prompt) = ((hides & HiddenParts.TokenIds) != 0, (hides & HiddenParts.PromptTokenIds) != 0);
        var thought = (hides & HiddenParts.Thought) != 0 && !chunk.Reasoning.IsEmpty
            ? HiddenFrames.MemberOf(payload, chunk.Reasoning)
            : new ByteRange(chunk.Reasoning.Start, dropped.Thought);
        Span<(ByteRange At, Part With)> edits =
        [
            (parts.Id, Part.Id), (parts.Created, Part.Created), (parts.Model, Part.Model), (parts.Fingerprint, Part.Fingerprint),
            (parts.Role, Part.Nothing), (new ByteRange(chunk.Content.Start, dropped.Content), Part.Nothing),
            (thought, Part.Nothing), UsageEdit(payload, chunk),
            (ids ? chunk.TokenIds : default, Part.Null), (prompt ? chunk.PromptTokenIds : default, Part.Null),
        ];
        edits.Sort(static (one, other) => one.At.Start.CompareTo(other.At.Start));
        var at = 0;
        foreach (var (range, with) in edits)
        {
            if (range.IsEmpty || with == Part.Kept || !_identity.Knows(with))
                continue;
            outlet.Write(payload[at..range.Start]);
            if (with != Part.Nothing)
                outlet.Write(with == Part.Usage ? Encoding.ASCII.GetBytes(UsageText()) : _identity.Of(with));
            at = range.End;
        }

        outlet.Write(payload[at..]);
    }

    /// <summary>The usage is hidden, or is that of the whole answer.</summary>
    private (ByteRange At, Part With) UsageEdit(ReadOnlySpan<byte> payload, in Chunk chunk)
    {
        if (chunk.UsageMember.IsEmpty)
            return (default, Part.Kept);
        if (!chunk.IsUsageOnly && !request.AsksRunningUsage)
            return (chunk.UsageMember, Part.Nothing);
        var member = chunk.UsageMember.In(payload);
        var (start, end) = (member.IndexOf((byte)'{'), member.LastIndexOf((byte)'}') + 1);
        return (new ByteRange(chunk.UsageMember.Start + start, end - start), Part.Usage);
    }

    private string UsageText()
    {
        var usage = journal.Usage;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"prompt_tokens\":{usage.Prompt},\"total_tokens\":{usage.Prompt + usage.Completion},\"completion_tokens\":{usage.Completion}}}");
    }
}
