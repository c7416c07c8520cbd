namespace Gateway.Guardrails.Streaming;

/// <summary>Shows remote guards what has come of an answer. What they have not seen is not released.</summary>
/// <param name="inspection">The answer's.</param>
public sealed class RemoteReview(AnswerInspection inspection)
{
    private readonly List<OutputWindow> _due = [];

    /// <summary>The model that was asked for, by its public name; null when unknown.</summary>
    public string? Model { get; init; }

    /// <summary>The group of pools that the texts may not leave; null when they may go anywhere.</summary>
    public string? Group { get; init; }

    /// <summary>Asks every remote guard about texts, in the policy's order, each as the ones before have left them.</summary>
    /// <param name="windows">The texts' windows; those that hold nothing new are left out.</param>
    /// <param name="cancel">Fires when nobody waits for the answer any more.</param>
    public async ValueTask RunAsync(IEnumerable<OutputWindow> windows, CancellationToken cancel)
    {
        _due.Clear();
        _due.AddRange(windows.Where(static window => window.Unreviewed > 0));
        for (var step = 0; step < inspection.Steps.Length && _due.Count > 0 && !inspection.IsBlocked; step++)
        {
            if (inspection.Steps[step].Remote is { } guard)
                await AskAsync(step, guard, cancel);
        }

        if (inspection.IsBlocked)
            return;
        foreach (var window in _due)
            window.Approve(window.Settled);
    }

    private async ValueTask AskAsync(int step, IRemoteGuard guard, CancellationToken cancel)
    {
        var (texts, places, asked) = (new RedactedText[_due.Count], new int[_due.Count], new GuardedText[_due.Count]);
        for (var i = 0; i < asked.Length; i++)
        {
            texts[i] = _due[i].ForReview(out places[i]);
            asked[i] = new GuardedText(_due[i].Source, texts[i].ToUtf8(), _due[i].Tool);
        }

        var since = inspection.Time.GetTimestamp();
        var verdict = await AskAsync(guard, new RemoteQuestion(asked) { Prompt = inspection.Prompt, Model = Model, Group = Group }, cancel);
        inspection.Report.Spent(step, inspection.Time.GetElapsedTime(since));
        if (verdict.Failure is { } why)
        {
            inspection.Report.Failed(step, why);
            return;
        }

        var action = inspection.Steps[step].ActionOn(verdict);
        foreach (var (text, finding) in verdict.Findings)
        {
            if ((uint)text >= (uint)texts.Length)
                continue;
            var (start, end) = finding.Length == 0 ? (0, int.MaxValue) : texts[text].Origin(finding.Start, finding.End);
            end = Math.Min(_due[text].Settled, end == int.MaxValue ? end : places[text] + end);
            // What lies in the context was judged when it was new.
            if (end <= _due[text].Released)
                continue;
            inspection.Report.Found(step, finding.Label, action);
            if (action == GuardAction.Redact)
                _due[text].Redact(finding.Label, places[text] + start, end);
        }
    }

    private static async ValueTask<RemoteVerdict> AskAsync(IRemoteGuard guard, RemoteQuestion question, CancellationToken cancel)
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
}
