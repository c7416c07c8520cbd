using System.Collections.Immutable;

namespace Gateway.Guardrails.Streaming;

/// <summary>Inspects one answer while it is streamed: what its texts share. Used by one stream at a time.</summary>
public sealed class AnswerInspection
{
    private readonly Placeholders _placeholders;
    private readonly IGuard?[] _judges;

    /// <param name="steps">The policy's for answers.</param>
    /// <param name="prompt">The texts that are answered.</param>
    /// <param name="placeholders">The request's.</param>
    /// <param name="limits">How long text may be held back.</param>
    /// <param name="time">The clock.</param>
    public AnswerInspection(ImmutableArray<GuardStep> steps, IReadOnlyList<GuardedText> prompt, Placeholders placeholders, WindowLimits limits, TimeProvider time)
    {
        (Steps, Prompt, _placeholders, Limits, Time) = (steps, prompt, placeholders, limits, time);
        Report = new GuardReport(steps);
        _judges = new IGuard?[steps.Length];
        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i].Local is { } guard)
                Begin(i, guard);
            Stride = steps[i].Remote is not null && (Stride == 0 || steps[i].Stride < Stride) ? steps[i].Stride : Stride;
        }
    }

    public ImmutableArray<GuardStep> Steps { get; }

    public IReadOnlyList<GuardedText> Prompt { get; }

    public WindowLimits Limits { get; }

    /// <summary>What each step did.</summary>
    public GuardReport Report { get; }

    /// <summary>Nothing more may be shown.</summary>
    public bool IsBlocked => Report.BlockedBy is not null;

    /// <summary>Bytes between two questions to remote guards: the least that one of them wants; 0 when there are none.</summary>
    public int Stride { get; }

    /// <summary>Bytes of all texts that have come.</summary>
    internal long Total { get; set; }

    internal TimeProvider Time { get; }

    /// <summary>Filled and read by one window at a time.</summary>
    internal Findings Found { get; } = new();

    internal List<PendingFinding> Taken { get; } = [];

    /// <summary>Opens a window on a text that begins.</summary>
    public OutputWindow Open(TextSource source, string? tool = null) => new(this, source, tool);

    /// <summary>All texts have been judged to their ends.</summary>
    public void Complete()
    {
        for (var i = 0; i < Steps.Length && !IsBlocked; i++)
        {
            if (Report.FailureOf(i) is null)
                Report.Ran(i, TimeSpan.Zero);
        }
    }

    /// <summary>The guard of a step; null when it is remote, or has failed and is done without.</summary>
    internal IGuard? JudgeOf(int step) => _judges[step];

    internal void Fail(int step, string why)
    {
        _judges[step] = null;
        Report.Failed(step, why);
    }

    /// <summary>The placeholder of what a step found in an answer; the values of answers are nobody's to get back.</summary>
    internal string PlaceholderOf(string label, ReadOnlySpan<byte> value) => _placeholders.For(label, value, isRestored: false);

    private void Begin(int step, IGuard guard)
    {
        try
        {
            _judges[step] = guard.For(Prompt);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            Fail(step, e.GetType().Name);
        }
    }
}
