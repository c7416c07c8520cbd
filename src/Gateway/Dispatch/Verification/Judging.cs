using System.Globalization;
using Gateway.Routing;
using Gateway.Routing.Cascade;

namespace Gateway.Dispatch.Verification;

/// <summary>What judging the smaller pools' answers came to in one exchange.</summary>
public sealed class Judging : IDisposable
{
    private readonly List<Escalation> _escalations = [];
    private WeakAnswer? _kept;

    /// <summary>Answers given up for a larger pool's, in order.</summary>
    public IReadOnlyList<Escalation> Escalations => _escalations;

    /// <summary>What was found of the answer that was shown; null when that one was not judged.</summary>
    public Judgement? Passed { get; set; }

    /// <summary>Why an answer was not judged although it should have been; null when it was.</summary>
    public string? Skipped { get; set; }

    /// <summary>Whether a weak answer is at hand, in case nothing better comes.</summary>
    public bool HasKept => _kept is not null;

    /// <summary>The weak answer that was shown after all, since no larger pool could answer; null when none was.</summary>
    public Escalation? Shown { get; private set; }

    /// <summary>What judging added before the first byte: holding back the answer that was shown, and every answer that was given up.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>USD for the answers that were not shown.</summary>
    public decimal ProbeCost
    {
        get
        {
            var cost = 0m;
            foreach (var escalation in _escalations)
                cost += escalation == Shown ? 0 : escalation.Cost;
            return cost;
        }
    }

    public void Add(Escalation escalation)
    {
        _escalations.Add(escalation);
        Passed = null;
    }

    /// <summary>Keeps the answer that was just given up, in place of one kept before.</summary>
    public void Keep(DispatchedAnswer answer, Replica replica)
    {
        _kept?.Answer.Dispose();
        answer.LetGo();
        _kept = new WeakAnswer(answer, _escalations[^1], replica);
    }

    /// <summary>Hands the kept answer over to be shown: its escalation came to nothing, so it is no probe.</summary>
    public WeakAnswer TakeKept()
    {
        var kept = _kept!;
        (_kept, Shown, Passed) = (null, kept.Escalation, null);
        return kept;
    }

    public void Dispose() => _kept?.Answer.Dispose();

    /// <summary>For <c>x-gateway-route</c>, behind the plan's reason; empty when there is nothing to say.</summary>
    public string Describe()
    {
        var text = "";
        foreach (var escalation in _escalations)
            text += $"; escalated: {Words(escalation.Judgement)}";
        if (Shown is not null)
            return text + "; no larger pool could answer, the weak answer is shown";
        if (Passed is { } passed)
            return text + (passed.Confidence is { } confidence ? $"; verified {Number(confidence)}" : "; verified");
        return Skipped is null ? text : $"{text}; not verified: {Skipped}";
    }

    private static string Words(Judgement judgement) => judgement.Reason ?? $"confidence {Number(judgement.Confidence ?? 0)}";

    private static string Number(double confidence) => confidence.ToString("0.00", CultureInfo.InvariantCulture);
}
