using System.Text;
using Gateway.Bench.Routing.Rows;
using Gateway.Routing.Cascade.Confidence;
using Gateway.Routing.Complexity.Training;

namespace Gateway.Bench.Routing.Cascade;

/// <summary>What the small model's answer tells beside the prompt's score, replayed on answers that were judged right or wrong.</summary>
/// <param name="rows">The rows that have an answer.</param>
/// <param name="answers">What was answered, by row.</param>
/// <param name="scores">The prompts' scores in [0, 1], by models that never saw their groups.</param>
/// <param name="folds">Each row's fold.</param>
public sealed class AnswerStudy(List<LabelledRow> rows, List<string> answers, double[] scores, int[] folds)
{
    private readonly List<double> _wrong = rows.ConvertAll(row => 1 - row.Prompt.Weak);
    private readonly List<LabelledPrompt> _prompts = rows.ConvertAll(row => row.Prompt);
    private readonly List<int> _sources = SourcesOf(rows);

    public void WriteCalls(int draws, int seed, TextWriter output)
    {
        var flags = Enumerable.Range(0, rows.Count).Select(row => CallFlags.Of(
            answers[row], rows[row].Prompt.ToolsJson, hasTypes: rows[row].Task is not ("java" or "javascript"))).ToList();
        output.WriteLine("\nTool calls (bfcl): how often the answer was right, by the first check that flags it:\n");
        output.WriteLine("| flag | answers | right |");
        output.WriteLine("| --- | --- | --- |");
        foreach (var flag in flags.Select((flag, row) => (flag, row)).GroupBy(pair => pair.flag, pair => pair.row).OrderBy(group => group.Key))
            output.WriteLine($"| {CallFlags.Kinds[flag.Key]} | {flag.Count()} | {flag.Average(row => rows[row].Prompt.Weak):0%} |");
        var both = Cross(row => [.. OneHot(flags[row]), scores[row]]);
        List<JudgedRouter> routers =
        [
            new("prompt score", _prompts, row => scores[row]),
            new("checks", _prompts, row => Grade(flags[row])),
            new("checks, then prompt score", _prompts, row => Grade(flags[row]) + scores[row]),
            new("logistic on checks and prompt score", _prompts, row => both[row]),
        ];
        StudyTable.Write($"Tool calls (bfcl), {rows.Count} answers:", routers, draws, seed, output);
    }

    public void WriteTexts(string title, int draws, int seed, TextWriter output)
    {
        var shape = Cross(ShapeOf);
        var both = Cross(row => [.. ShapeOf(row), scores[row]]);
        var elsewhere = _sources.Max() > 0 ? CrossValidated.Score(_sources, Features(ShapeOf), _sources.ConvertAll(_ => 0), _wrong) : null;
        List<JudgedRouter> routers =
        [
            new("prompt score", _prompts, row => scores[row]),
            new("answer length", _prompts, row => answers[row].Length),
            new("shape of the answer", _prompts, row => shape[row]),
            new("shape and prompt score", _prompts, row => both[row]),
        ];
        if (elsewhere is not null)
            routers.Insert(2, new JudgedRouter("shape, learned on the other sources", _prompts, row => elsewhere[row]));
        StudyTable.Write(title, routers, draws, seed, output);
    }

    /// <summary>The parts that ship: shape, and prompt score, each fitted on every row.</summary>
    public (Logistic Shape, Logistic Prompt) Fit() =>
        (Logistic.Fit(Features(ShapeOf), _sources, _wrong), Logistic.Fit(Features(row => [scores[row]]), _sources, _wrong));

    private double[] Cross(Func<int, double[]> features) => CrossValidated.Score(folds, Features(features), _sources, _wrong);

    private List<double[]> Features(Func<int, double[]> features) => [.. Enumerable.Range(0, rows.Count).Select(features)];

    private double[] ShapeOf(int row)
    {
        var features = new double[AnswerShape.Names.Count];
        AnswerShape.Read(Encoding.UTF8.GetBytes(answers[row]), features);
        return features;
    }

    /// <summary>0 for a clean call, 1 where it does not parse or names no function, 2 where its arguments cannot be right.</summary>
    private static int Grade(int flag) => flag <= 1 ? 0 : flag <= 3 ? 1 : 2;

    private static double[] OneHot(int flag) => [.. CallFlags.Kinds.Select((_, kind) => kind == flag ? 1.0 : 0)];

    private static List<int> SourcesOf(List<LabelledRow> rows)
    {
        var names = rows.Select(row => row.Prompt.Source).Distinct().ToList();
        return rows.ConvertAll(row => names.IndexOf(row.Prompt.Source));
    }
}
