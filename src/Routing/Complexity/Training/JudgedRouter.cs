using Gateway.Routing.Evaluation;

namespace Gateway.Routing.Complexity.Training;

/// <summary>A router under judgement: a name, and one score a labelled prompt.</summary>
public sealed class JudgedRouter
{
    public JudgedRouter(string name, IReadOnlyList<LabelledPrompt> prompts, Func<int, double> score)
    {
        Name = name;
        Sources = [.. prompts
            .Select((prompt, place) => (prompt.Source, Outcome: new Outcome(score(place), prompt.Weak, prompt.Strong)))
            .GroupBy(row => row.Source, row => row.Outcome)
            .Select(source => (source.Key, Outcomes: source.ToList()))
            .Where(source => GapCurve.Of(source.Outcomes) is not null)
            .Select(source => new JudgedSource(source.Key, source.Outcomes))];
    }

    public string Name { get; }

    /// <summary>The sources in the order of their first prompts, without those on which both models are equally good: there is nothing to recover.</summary>
    public IReadOnlyList<JudgedSource> Sources { get; }

    public double MeanApgr => Sources.Average(source => source.Curve.Apgr);

    public IReadOnlyList<Ranking> Rankings => [.. Sources.Select(source => source.Ranking)];
}

/// <summary>One source under one router; the two models are not equally good on it.</summary>
public sealed record JudgedSource(string Name, IReadOnlyList<Outcome> Outcomes)
{
    public GapCurve Curve { get; } = GapCurve.Of(Outcomes) ?? throw new ArgumentException($"{Name}: the two models are equally good", nameof(Outcomes));

    public Ranking Ranking { get; } = new(Outcomes);
}
