using System.Buffers;

namespace Gateway.Guardrails.Streaming;

/// <summary>One text of an answer while it is streamed: released is what every guard has come past.</summary>
/// <remarks>
/// Each step is shown what it has not settled yet, with the bytes before it that it wants to see again, so that its work on a chunk is bounded
/// by these and by the limits. What is redacted is the same wherever the chunks are cut: a finding takes effect once every step has come
/// past its end, and text before its beginning is all that is released until then. The exception is text that has waited for as long as
/// it may: it is judged as if it ended there. What a finding of such a moment runs on with is redacted too; of what was out before it was
/// found, only the rest can be.
/// </remarks>
public sealed class OutputWindow : StreamWindow
{
    /// <summary>Most bytes of a text that is held for guards which need the whole: what is held of a tool call by those who resume streams.</summary>
    private const int MostWhole = 256 * 1024;

    /// <summary>Bytes that were inspected before and that remote guards are shown again: some sixty tokens of English.</summary>
    private const int RemoteContext = 256;

    /// <summary>The most that a place is moved back to where its character begins.</summary>
    private const int LongestCharacterRest = 3;

    private readonly AnswerInspection _inspection;
    private readonly WindowStep[] _steps;
    private readonly List<PendingFinding> _pending = [];
    private readonly int _lookbehind;
    private int _settled;
    private int _reviewed;
    private bool _isFresh = true;
    private int? _muteFrom;

    internal OutputWindow(AnswerInspection inspection, TextSource source, string? tool)
    {
        (_inspection, Source, Tool) = (inspection, source, tool);
        _steps = new WindowStep[inspection.Steps.Length];
        _lookbehind = inspection.Stride > 0 ? RemoteContext : 0;
        for (var i = 0; i < _steps.Length; i++)
        {
            if (inspection.JudgeOf(i) is not { } guard)
                continue;
            (_steps[i].Lookbehind, _steps[i].NeedsWhole) = (guard.Lookbehind, guard.NeedsWhole(source));
            _lookbehind = Math.Max(_lookbehind, guard.Lookbehind);
        }
    }

    public TextSource Source { get; }

    /// <summary>The name of the tool whose arguments it is; it may come in parts.</summary>
    public string? Tool { get; set; }

    /// <summary>Bytes that the local guards have come past and remote ones have not seen.</summary>
    public int Unreviewed => _inspection.Stride > 0 ? _settled - _reviewed : 0;

    /// <summary>Not what is held to its end in any case.</summary>
    public override bool CanExpire
    {
        get
        {
            if (!Holds)
                return false;
            foreach (ref readonly var step in _steps.AsSpan())
            {
                if (step.NeedsWhole)
                    return false;
            }

            return true;
        }
    }

    /// <summary>Adds what has come, as UTF-8 without the escapes of JSON.</summary>
    public override void Append(ReadOnlySpan<byte> utf8)
    {
        base.Append(utf8);
        _inspection.Total += utf8.Length;
    }

    public override void Judge() => Run(isEnd: false, isForced: false);

    public override void End() => Run(isEnd: true, isForced: false);

    public override void Expire() => Run(isEnd: false, isForced: true);

    /// <summary>What remote guards have not seen, with some of what stands before it, as it is redacted by now.</summary>
    /// <param name="from">The place where that begins.</param>
    internal RedactedText ForReview(out int from)
    {
        from = CharacterAt(Math.Max(Kept, _reviewed - RemoteContext));
        var (start, text) = (from, new RedactedText(Between(from, _settled).ToArray(), 0));
        foreach (var redaction in Redactions)
        {
            if (redaction.End > start)
                text.Redact(Math.Max(0, redaction.Start - start), redaction.End - start, _ => redaction.With);
        }

        return text;
    }

    /// <summary>Redacts what of a range is not redacted yet and not out already.</summary>
    internal void Redact(string label, int start, int end)
    {
        start = Math.Max(start, _reviewed);
        for (var i = 0; i <= Replaced.Count && start < end; i++)
        {
            if (i < Replaced.Count && Replaced[i].End <= start)
                continue;
            var free = i < Replaced.Count ? Math.Min(end, Replaced[i].Start) : end;
            if (start < free)
                Replaced.Insert(i++, new Redaction(0, start, free - start, _inspection.PlaceholderOf(label, Between(start, free))));
            start = i < Replaced.Count ? Math.Max(start, Replaced[i].End) : end;
        }
    }

    /// <summary>The remote guards have seen the text up to a place.</summary>
    internal void Approve(int place)
    {
        _reviewed = place;
        Release();
    }

    /// <summary>The place up to which the local guards have come.</summary>
    internal int Settled => _settled;

    private void Run(bool isEnd, bool isForced)
    {
        var since = _inspection.Time.GetTimestamp();
        for (var i = 0; i < _steps.Length && !_inspection.IsBlocked; i++)
        {
            if (_inspection.JudgeOf(i) is not { } guard)
            {
                _steps[i].Settled = Length;
                continue;
            }

            if (_steps[i].NeedsWhole && !isEnd)
            {
                if (Length <= MostWhole)
                    continue;
                _inspection.Fail(i, "the text is too long to be inspected as a whole");
                (_steps[i].Settled, _steps[i].NeedsWhole) = (Length, false);
                continue;
            }

            if (_steps[i].Settled == Length && !isEnd && !_isFresh)
                continue;
            Inspect(i, guard, isEnd || isForced, isForced);
            if (!isEnd && Length - _steps[i].Settled > _inspection.Limits.Characters)
                Inspect(i, guard, isEnd: true, isForced: true);
            var now = _inspection.Time.GetTimestamp();
            _inspection.Report.Spent(i, _inspection.Time.GetElapsedTime(since, now));
            since = now;
        }

        _isFresh = false;
        if (!_inspection.IsBlocked)
            Settle();
    }

    private void Inspect(int index, IGuard guard, bool isEnd, bool isForced)
    {
        if (_inspection.JudgeOf(index) is null || (isForced && _steps[index].Settled == Length))
            return;
        if (isForced)
            _inspection.Report.NoteForced();
        if (_steps[index].Running is { } running)
        {
            InspectRunning(index, guard, running, isEnd, isForced);
            return;
        }

        var start = CharacterAt(Math.Max(Kept, _steps[index].Settled - _steps[index].Lookbehind));
        Inspect(index, guard, From(start), start, isEnd, isForced);
    }

    /// <summary>Shows a guard the beginning of what it had found last, and what follows it.</summary>
    private void InspectRunning(int index, IGuard guard, RunningMatch running, bool isEnd, bool isForced)
    {
        var tail = From(running.TailFrom);
        var shown = ArrayPool<byte>.Shared.Rent(running.Head.Length + tail.Length);
        running.Head.CopyTo(shown, 0);
        tail.CopyTo(shown.AsSpan(running.Head.Length));
        var before = _steps[index].Settled;
        Inspect(index, guard, shown.AsSpan(0, running.Head.Length + tail.Length), running.TailFrom - running.Head.Length, isEnd, isForced);
        ArrayPool<byte>.Shared.Return(shown);
        if (!isForced && _steps[index].Settled > before)
            _steps[index].Running = null;
    }

    /// <param name="index">The step.</param>
    /// <param name="guard">Its guard.</param>
    /// <param name="text">What it is shown.</param>
    /// <param name="start">The place where that begins.</param>
    /// <param name="isEnd">It is judged as if nothing followed.</param>
    /// <param name="isForced">Although more may follow.</param>
    private void Inspect(int index, IGuard guard, ReadOnlySpan<byte> text, int start, bool isEnd, bool isForced)
    {
        ref var step = ref _steps[index];
        var (found, context) = (_inspection.Found, step.Settled - start);
        found.Clear();
        // What may run on is shown as if it were new, so that a guard looks at its beginning too.
        var known = step.Running is null ? context : 0;
        int open;
        try
        {
            open = guard.Inspect(text, new Passage(Source, Tool, _inspection.Total - Length + start, known, isEnd), found);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            _inspection.Fail(index, e.GetType().Name);
            step.Settled = Length;
            return;
        }

        open = isEnd ? text.Length : Math.Clamp(open, context, text.Length);
        var (before, running) = (step.Settled, step.Running);
        if (isForced)
            step.Running = null;
        foreach (var finding in found.All)
        {
            if (_inspection.IsBlocked)
                return;
            if (finding.Length == 0)
                TakeWhole(index, finding.Label);
            else if (finding.End > context && finding.End <= text.Length)
                Take(index, finding, start, before, isRunningOn: running is not null && finding.Start < context);
            if (isForced && finding.End == text.Length && finding.Length > 0 && step.Running is null)
                step.Running = Run(finding, text, start, step.Lookbehind, running);
        }

        step.Settled = start + open;
    }

    /// <summary>Keeps the beginning of something that may go on behind the end of what was judged.</summary>
    private RunningMatch Run(Finding finding, ReadOnlySpan<byte> text, int start, int lookbehind, RunningMatch? before)
    {
        var tail = CharacterAt(Math.Max(Kept, Length - lookbehind));
        if (before is not null && finding.Start < before.Head.Length)
        {
            before.TailFrom = Math.Max(before.TailFrom, tail);
            return before;
        }

        var head = text.Slice(finding.Start, Math.Min(finding.Length, RunningMatch.MostHead)).ToArray();
        return new RunningMatch { Head = head, TailFrom = Math.Max(start + finding.Start + head.Length, tail) };
    }

    private void Take(int index, Finding finding, int start, int settled, bool isRunningOn)
    {
        var (from, end) = (start + finding.Start, start + finding.End);
        if (isRunningOn)
        {
            from = settled;
        }
        else
        {
            _inspection.Report.Found(index, finding.Label);
            if (from < _settled)
                _inspection.Report.NoteLate();
            from = Math.Max(from, _settled);
        }

        if (_inspection.Steps[index].Action == GuardAction.Redact && from < end)
            _pending.Add(new PendingFinding(index, finding.Label, from, end, isRunningOn));
    }

    /// <summary>Something concerns the text as a whole: what has not been shown of it is redacted, and all that follows.</summary>
    private void TakeWhole(int index, string label)
    {
        if (_steps[index].ToldOfAll)
            return;
        _steps[index].ToldOfAll = true;
        _inspection.Report.Found(index, label);
        if (_inspection.Steps[index].Action != GuardAction.Redact || _muteFrom is not null)
            return;
        _muteFrom = Length;
        if (_settled < Length)
            _pending.Add(new PendingFinding(index, label, _settled, Length, RunsOn: false));
    }

    /// <summary>Moves the place on that every step has come past, and redacts what lies before it.</summary>
    private void Settle()
    {
        var place = Length;
        foreach (ref readonly var step in _steps.AsSpan())
            place = Math.Min(place, step.Settled);
        if (_muteFrom is { } from)
        {
            if (from < Length)
                _pending.Add(new PendingFinding(_steps.Length - 1, "", from, Length, RunsOn: true));
            (_muteFrom, place) = (Length, Length);
        }

        if (_pending.Count > 0)
        {
            var taken = _inspection.Taken;
            taken.Clear();
            place = PendingFinding.Take(_pending, place, _steps.Length, taken);
            foreach (var finding in taken)
                Replace(finding.Start, finding.End, finding.RunsOn ? "" : _inspection.PlaceholderOf(finding.Label, Between(finding.Start, finding.End)));
        }

        _settled = place;
        Release();
    }

    private void Release()
    {
        Released = _inspection.Stride > 0 ? Math.Min(_settled, _reviewed) : _settled;
        KeepFrom(Released - _lookbehind - LongestCharacterRest);
    }

    /// <summary>The beginning of the character that a place is in, as far as it is kept.</summary>
    private int CharacterAt(int place)
    {
        if (place >= Length)
            return place;
        for (var back = 0; back < LongestCharacterRest && place > Kept && (From(place)[0] & 0xC0) == 0x80; back++)
            place--;
        return place;
    }
}
