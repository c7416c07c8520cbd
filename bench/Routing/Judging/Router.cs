using Gateway.Bench.Routing.Rows;
using Gateway.Routing.Evaluation;

namespace Gateway.Bench.Routing.Judging;

/// <summary>A router under judgement: a name, and one score a row.</summary>
public sealed class Router
{
    public Router(string name, IReadOnlyList<LabelledRow> rows, Func<int, double> score)
    {
        Name = name;
        Sources = [.. rows
            .Select((row, place) => (row.Prompt.Source, Outcome: new Outcome(score(place), row.Prompt.Weak, row.Prompt.Strong)))
            .GroupBy(row => row.Source, row => row.Outcome)
            .Select(source => new JudgedSource(source.Key, [.. source]))];
    }

    public string Name { get; }

    /// <summary>The sources in the order of the rows.</summary>
    public IReadOnlyList<JudgedSource> Sources { get; }

    public double MeanApgr => Sources.Average(source => source.Curve.Apgr);

    public IReadOnlyList<Ranking> Rankings => [.. Sources.Select(source => source.Ranking)];
}

/// <summary>One source under one router.</summary>
public sealed record JudgedSource(string Name, IReadOnlyList<Outcome> Outcomes)
{
    public GapCurve Curve { get; } = GapCurve.Of(Outcomes) ?? throw new FormatException($"{Name}: the two models are equally good");

    public Ranking Ranking { get; } = new(Outcomes);
}
