using System.Collections.Immutable;

namespace Gateway.Guardrails;

/// <summary>Inspects the texts of one request, or of one whole answer, guard by guard in the policy's order; used once.</summary>
/// <remarks>
/// Local guards all see the original text; where two find the same place, the earlier one's placeholder stands. A remote guard sees the text
/// as the steps before it have redacted it, so that it learns nothing that was to be hidden. The first block ends the run.
/// </remarks>
/// <param name="steps">The policy's, for this direction.</param>
/// <param name="texts">What is inspected.</param>
/// <param name="placeholders">The request's.</param>
/// <param name="time">The clock.</param>
public sealed class GuardChain(ImmutableArray<GuardStep> steps, IReadOnlyList<GuardedText> texts, Placeholders placeholders, TimeProvider time)
{
    private readonly Findings _found = new();
    private readonly RedactedText?[] _redacted = new RedactedText?[texts.Count];
    private List<(int Step, long Since, Task<RemoteVerdict> Verdict)>? _late;

    /// <summary>The prompt that the texts answer; null when they are a prompt themselves.</summary>
    public IReadOnlyList<GuardedText>? Prompt { get; init; }

    /// <summary>The model that was asked for, by its public name; null when unknown.</summary>
    public string? Model { get; init; }

    /// <summary>The group of pools that the texts may not leave; null when they may go anywhere.</summary>
    public string? Group { get; init; }

    /// <summary>What each guard did.</summary>
    public GuardReport Report { get; } = new(steps);

    /// <summary>The text that did not pass; -1 while all pass, or where no text is to blame.</summary>
    public int BlockedText { get; private set; } = -1;

    /// <summary>Whether anything is to be replaced.</summary>
    public bool Redacts => Array.Exists(_redacted, static text => text is not null);

    /// <summary>What is to be replaced, text by text and in each by place.</summary>
    public IEnumerable<Redaction> Redactions => _redacted.Where(static text => text is not null).SelectMany(static text => text!.Redactions);

    /// <summary>Whether verdicts are still to come.</summary>
    public bool IsWaiting => _late is not null;

    /// <summary>Runs the guards; those whose verdict may come late are only asked. Completes at once where nobody remote has to be waited for.</summary>
    /// <param name="cancel">Fires when nobody waits for the verdict any more.</param>
    public ValueTask RunAsync(CancellationToken cancel) => RunFromAsync(0, cancel);

    /// <summary>Waits for the late verdicts.</summary>
    public async ValueTask ConfirmAsync()
    {
        foreach (var (step, since, verdict) in _late ?? [])
        {
            // One that threw has become a failed verdict already; those behind a block are left to their cancellation.
            if (Report.BlockedBy is null)
                Take(step, await verdict, since);
        }

        _late = null;
    }

    /// <summary>Whether one of the late verdicts lets nothing pass: true as soon as one does, false when all have come. Changes nothing.</summary>
    public async Task<bool> IsDeniedAsync()
    {
        var coming = new List<Task<bool>>();
        foreach (var (step, _, verdict) in _late ?? [])
            coming.Add(DeniesAsync(steps[step], verdict));
        await foreach (var judged in Task.WhenEach(coming))
        {
            if (await judged)
                return true;
        }

        return false;
    }

    private static async Task<bool> DeniesAsync(GuardStep step, Task<RemoteVerdict> coming)
    {
        // One that was given up says nothing.
        await ((Task)coming).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return coming is { IsCompletedSuccessfully: true, Result: var verdict }
            && (verdict.Failure is null ? verdict.Findings.Count > 0 && step.ActionOn(verdict) == GuardAction.Block : !step.FailsOpen);
    }

    private ValueTask RunFromAsync(int step, CancellationToken cancel)
    {
        for (; step < steps.Length && Report.BlockedBy is null && texts.Count > 0; step++)
        {
            if (steps[step].Local is { } guard)
            {
                Inspect(step, guard);
                continue;
            }

            var asked = AskAsync(steps[step].Remote!, new RemoteQuestion(Current(steps[step].MayBeLate)) { Prompt = Prompt, Model = Model, Group = Group }, cancel);
            if (!steps[step].MayBeLate)
                return AwaitAsync(step, asked, cancel);
            (_late ??= []).Add((step, time.GetTimestamp(), asked));
        }

        return default;
    }

    /// <summary>Asks a remote guard, of which an exception is a failure too, unless nobody waits any more.</summary>
    private static async Task<RemoteVerdict> AskAsync(IRemoteGuard guard, RemoteQuestion question, CancellationToken cancel)
    {
        try
        {
            return await guard.InspectAsync(question, cancel);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !(e is OperationCanceledException && cancel.IsCancellationRequested))
        {
            return RemoteVerdict.Failed(e.GetType().Name);
        }
    }

    private async ValueTask AwaitAsync(int step, Task<RemoteVerdict> asked, CancellationToken cancel)
    {
        var since = time.GetTimestamp();
        Take(step, await asked, since);
        await RunFromAsync(step + 1, cancel);
    }

    private void Inspect(int step, IGuard guard)
    {
        var since = time.GetTimestamp();
        try
        {
            var judge = Prompt is null ? guard : guard.For(Prompt);
            long before = 0;
            for (var i = 0; i < texts.Count && Report.BlockedBy is null; i++)
            {
                var text = texts[i];
                _found.Clear();
                judge.Inspect(text.Utf8.Span, new Passage(text.Source, text.Tool, before), _found);
                foreach (var finding in _found.All)
                    Act(step, i, finding.Start, finding.Length == 0 ? text.Utf8.Length : finding.End, (finding.Label, steps[step].Action));
                before += text.Utf8.Length;
            }

            Report.Ran(step, time.GetElapsedTime(since));
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            // A guard that is broken is broken for this text; what that means the policy says.
            Report.Failed(step, e.GetType().Name);
        }
    }

    private void Take(int step, RemoteVerdict verdict, long since)
    {
        if (verdict.Failure is { } why)
        {
            Report.Failed(step, why);
            return;
        }

        var action = steps[step].ActionOn(verdict);
        foreach (var (index, finding) in verdict.Findings)
        {
            var length = texts[index].Utf8.Length;
            var (start, end) = finding.Length == 0 ? (0, length) : _redacted[index]?.Origin(finding.Start, finding.End) ?? (finding.Start, finding.End);
            Act(step, index, start, Math.Min(end, length), (finding.Label, action));
        }

        Report.Ran(step, time.GetElapsedTime(since));
    }

    private void Act(int step, int index, int start, int end, (string Label, GuardAction Action) found)
    {
        var (label, action) = found;
        Report.Found(step, label, action);
        if (action == GuardAction.Block && BlockedText < 0)
            BlockedText = index;
        if (action != GuardAction.Redact)
            return;
        var text = _redacted[index] ??= new RedactedText(texts[index].Utf8, index);
        text.Redact(start, end, value => placeholders.For(label, value.Span, steps[step].Restores));
    }

    /// <summary>The texts as they are redacted by now.</summary>
    /// <param name="areOwn">Whether they may be looked at when the request has ended and its buffers belong to others.</param>
    private GuardedText[] Current(bool areOwn)
    {
        var current = new GuardedText[texts.Count];
        for (var i = 0; i < current.Length; i++)
        {
            var utf8 = _redacted[i] is { } redacted ? redacted.ToUtf8() : areOwn ? texts[i].Utf8.ToArray() : texts[i].Utf8;
            current[i] = texts[i] with { Utf8 = utf8 };
        }

        return current;
    }
}
