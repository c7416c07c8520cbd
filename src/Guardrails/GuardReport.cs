using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Gateway.Guardrails;

/// <summary>What each guard of a policy did with one request, or with one answer: for the header, the log, the metrics. Holds no text.</summary>
public sealed class GuardReport(ImmutableArray<GuardStep> steps)
{
    private const string Failure = "failed";

    private readonly Line[] _lines = new Line[steps.Length];

    public ImmutableArray<GuardStep> Steps => steps;

    /// <summary>The step that let nothing pass; null when none did.</summary>
    public GuardStep? BlockedBy { get; private set; }

    /// <summary>What it had found, or <c>failed</c>.</summary>
    public string? BlockedFor { get; private set; }

    /// <summary>Whether that was a failure, and no verdict.</summary>
    public bool HasFailedShut => BlockedBy is not null && BlockedFor == Failure;

    /// <summary>Times that text of a stream was judged before it was known how it goes on, because it had waited for as long as it may.</summary>
    public int Forced { get; private set; }

    /// <summary>Findings of which a part had been released so before they were found.</summary>
    public int Late { get; private set; }

    /// <summary>Whether there is more to tell than that everything passed.</summary>
    public bool HasFindings
    {
        get
        {
            foreach (var line in _lines)
            {
                if (line.Outcome > GuardOutcome.Passed)
                    return true;
            }

            return false;
        }
    }

    public GuardOutcome this[int step] => _lines[step].Outcome;

    /// <summary>Time that a step took.</summary>
    public TimeSpan TookOf(int step) => _lines[step].Took;

    /// <summary>What a step found, by label; empty when nothing.</summary>
    public IReadOnlyDictionary<string, int> LabelsOf(int step) => (IReadOnlyDictionary<string, int>?)_lines[step].Labels ?? ImmutableDictionary<string, int>.Empty;

    /// <summary>Why a step failed; null when it did not.</summary>
    public string? FailureOf(int step) => _lines[step].Failure;

    /// <summary>A step has worked for so long, and has come to the end of what it was shown.</summary>
    public void Ran(int step, TimeSpan took)
    {
        Raise(step, GuardOutcome.Passed);
        _lines[step].Took += took;
    }

    /// <summary>A step has worked for so long, and may have more to inspect.</summary>
    public void Spent(int step, TimeSpan took) => _lines[step].Took += took;

    /// <summary>Text was judged as if it ended where it had come to.</summary>
    public void NoteForced() => Forced++;

    /// <summary>A part of what was found is out already.</summary>
    public void NoteLate() => Late++;

    /// <summary>A step found something, and this was done about it: what the step says.</summary>
    public void Found(int step, string label) => Found(step, label, steps[step].Action);

    /// <summary>A step found something, and this was done about it.</summary>
    public void Found(int step, string label, GuardAction action)
    {
        var labels = _lines[step].Labels ??= new SortedDictionary<string, int>(StringComparer.Ordinal);
        labels[label] = labels.GetValueOrDefault(label) + 1;
        switch (action)
        {
            case GuardAction.Flag:
                Raise(step, GuardOutcome.Flagged);
                break;
            case GuardAction.Redact:
                Raise(step, GuardOutcome.Redacted);
                break;
            default:
                Block(step, GuardOutcome.Blocked, label);
                break;
        }
    }

    /// <summary>A step failed.</summary>
    /// <param name="step">Which.</param>
    /// <param name="why">In a few words, for the operator; holds no text of the caller's.</param>
    public void Failed(int step, string why)
    {
        _lines[step].Failure = why;
        if (steps[step].FailsOpen)
            Raise(step, GuardOutcome.FailedOpen);
        else
            Block(step, GuardOutcome.FailedShut, Failure);
    }

    /// <summary>As <c>secrets passed; pii redacted email 2, phone 1</c>.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        for (var i = 0; i < _lines.Length; i++)
        {
            text.Append(i == 0 ? "" : "; ").Append(steps[i].Name).Append(' ').Append(Word(_lines[i].Outcome));
            var separator = " ";
            foreach (var (label, count) in LabelsOf(i))
            {
                text.Append(separator).Append(label).Append(' ').Append(count.ToString(CultureInfo.InvariantCulture));
                separator = ", ";
            }
        }

        return text.ToString();
    }

    /// <summary>The word for an outcome, in headers and metrics.</summary>
    public static string Word(GuardOutcome outcome) => outcome switch
    {
        GuardOutcome.Passed => "passed",
        GuardOutcome.Flagged => "flagged",
        GuardOutcome.Redacted => "redacted",
        GuardOutcome.FailedOpen => "failed open",
        GuardOutcome.FailedShut => "failed shut",
        GuardOutcome.Blocked => "blocked",
        _ => "not run",
    };

    private void Block(int step, GuardOutcome outcome, string label)
    {
        Raise(step, outcome);
        BlockedBy ??= steps[step];
        BlockedFor ??= label;
    }

    private void Raise(int step, GuardOutcome outcome)
    {
        if (_lines[step].Outcome < outcome)
            _lines[step].Outcome = outcome;
    }

    private struct Line
    {
        public GuardOutcome Outcome;
        public TimeSpan Took;
        public SortedDictionary<string, int>? Labels;
        public string? Failure;
    }
}
