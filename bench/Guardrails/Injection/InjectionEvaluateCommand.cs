using Gateway.Bench.Load.Commands;
using Gateway.Bench.Load.Report;
using Gateway.Guardrails.Injection;

namespace Gateway.Bench.Guardrails.Injection;

/// <summary>Judges the classifier of attacks on texts that it was not trained on.</summary>
public sealed class InjectionEvaluateCommand : IBenchCommand
{
    private static readonly double[] Rates = [0.001, 0.005, 0.01];

    public string Usage => $"{ExampleSet.Usage} [--artefact FILE] [--without SOURCE] [--gate open]    recall and false alarms of the classifier";

    public async Task<int> RunAsync(Arguments arguments, TextWriter output)
    {
        var all = ExampleSet.Load(arguments).All;
        InjectionArtefact artefact;
        if (arguments.One("--without") is { } without)
        {
            // Trained anew without a source, or without a family of one, as SOURCE/FAMILY, which then judges.
            all = [.. all.Select(example => Is(example, without) ? example with { Use = Use.Evaluate } : example)];
            artefact = InjectionTraining.Train(all, TextWriter.Null);
            all = [.. all.Where(example => Is(example, without) || !example.IsAttack)];
        }
        else
        {
            artefact = arguments.One("--artefact") is { } file ? InjectionArtefact.Read(await File.ReadAllBytesAsync(file)) : InjectionArtefact.Default;
        }

        // How much the gate costs is seen with it open.
        if (arguments.One("--gate") == "open")
            artefact = artefact with { Gate = artefact.Gate with { Levels = [new FalsePositiveLevel(0.5f, float.MinValue)] } };
        var scored = Score(artefact, [.. all.Where(example => example.Use == Use.Evaluate)]);
        output.WriteLine($"{Machine.Describe(TimeProvider.System)}\n\nAttacks, caught at the thresholds for a false-positive rate of\n\n| source | family | texts | 0.1 % | 0.5 % | 1 % |\n| --- | --- | --- | --- | --- | --- |");
        Table(output, artefact, [.. scored.Where(one => one.Example.IsAttack)]);
        output.WriteLine("\nOrdinary texts, taken for attacks at the same thresholds\n\n| source | family | texts | 0.1 % | 0.5 % | 1 % |\n| --- | --- | --- | --- | --- | --- |");
        Table(output, artefact, [.. scored.Where(one => !one.Example.IsAttack)]);
        output.WriteLine("\nRecall at rates measured on the ordinary texts that judge\n\n| kind | attacks | ordinary | AUC | 0.1 % | 0.5 % | 1 % | 5 % |\n| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var isIndirect in new[] { false, true })
            Curve(output, isIndirect, scored);
        return 0;
    }

    private static bool Is(Example example, string name) => example.IsAttack && (example.Source == name || $"{example.Source}/{example.Family}" == name);

    private static List<(Example Example, float Score)> Score(InjectionArtefact artefact, Example[] examples)
    {
        var classifier = new InjectionClassifier(artefact);
        return [.. examples.Select(example => (example, classifier.Best(example.Utf8, example.IsIndirect)))];
    }

    private static void Table(TextWriter output, InjectionArtefact artefact, List<(Example Example, float Score)> scored)
    {
        foreach (var source in scored.GroupBy(one => (one.Example.Source, one.Example.IsIndirect)).OrderBy(group => group.Key.Source, StringComparer.Ordinal))
        {
            Row(output, artefact, $"**{source.Key.Source}** | {(source.Key.IsIndirect ? "indirect" : "direct")}", source.Key.IsIndirect, [.. source]);
            var families = source.GroupBy(one => one.Example.Family).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
            if (families.Count > 1)
                families.ForEach(family => Row(output, artefact, $" | {family.Key}", source.Key.IsIndirect, [.. family]));
        }
    }

    private static void Row(TextWriter output, InjectionArtefact artefact, string name, bool isIndirect, List<(Example Example, float Score)> rows)
    {
        var head = isIndirect ? artefact.Indirect : artefact.Direct;
        var cells = Rates.Select(rate => Percent(rows.Count(row => row.Score >= head.Threshold(rate)), rows.Count));
        output.WriteLine($"| {name} | {rows.Count} | {string.Join(" | ", cells)} |");
    }

    private static void Curve(TextWriter output, bool isIndirect, List<(Example Example, float Score)> scored)
    {
        float[] attacks = [.. scored.Where(one => one.Example.IsAttack && one.Example.IsIndirect == isIndirect).Select(one => one.Score).Order()];
        float[] others = [.. scored.Where(one => !one.Example.IsAttack && one.Example.IsIndirect == isIndirect).Select(one => one.Score).OrderDescending()];
        if (attacks.Length == 0)
            return;
        var cells = new[] { 0.001, 0.005, 0.01, 0.05 }.Select(rate => others[(int)(others.Length * rate)]).Select(score => Percent(attacks.Count(own => own > score), attacks.Length));
        var ordered = Array.ConvertAll(others, score => score);
        Array.Reverse(ordered);
        var area = attacks.Average(own => (Below(ordered, own) + Below(ordered, MathF.BitIncrement(own))) / 2.0 / ordered.Length);
        output.WriteLine($"| {(isIndirect ? "indirect" : "direct")} | {attacks.Length} | {others.Length} | {area:0.000} | {string.Join(" | ", cells)} |");
    }

    /// <summary>How many are lower.</summary>
    private static int Below(float[] ordered, float score)
    {
        var (low, high) = (0, ordered.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = ordered[middle] < score ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static string Percent(int count, int of) => $"{100.0 * count / of:0.0} %";
}
