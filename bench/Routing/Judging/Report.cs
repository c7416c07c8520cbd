using Gateway.Routing.Complexity.Training;
using Gateway.Routing.Evaluation;

namespace Gateway.Bench.Routing.Judging;

/// <summary>Tables of routers side by side, as Markdown.</summary>
public static class Report
{
    public static void Write(IReadOnlyList<JudgedRouter> routers, JudgedRouter ours, int draws, int seed, TextWriter output)
    {
        var names = routers[0].Sources.Select(source => source.Name).ToList();
        output.WriteLine("APGR, with half the width of its 95 % interval:\n");
        output.WriteLine($"| router | {string.Join(" | ", names)} | **mean** |");
        output.WriteLine($"| --- |{string.Concat(Enumerable.Repeat(" --- |", names.Count + 1))}");
        foreach (var router in routers)
        {
            var cells = router.Sources.Select(source => Cell(source.Curve.Apgr, Bootstrap.Apgr(source.Ranking, draws, new Random(seed))));
            var mean = Cell(router.MeanApgr, Bootstrap.MeanApgr(router.Rankings, draws, new Random(seed)));
            output.WriteLine($"| {router.Name} | {string.Join(" | ", cells)} | **{mean}** |");
        }

        output.WriteLine("\nCPT50 / CPT80, least share of prompts on the large model, in %, that recovers 50 / 80 % of the gap; last, all sources under one threshold, each weighing the same:\n");
        output.WriteLine($"| router | {string.Join(" | ", names)} | mixed, APGR |");
        output.WriteLine($"| --- |{string.Concat(Enumerable.Repeat(" --- |", names.Count + 1))}");
        foreach (var router in routers)
        {
            var cells = router.Sources.Select(source => $"{100 * source.Curve.Cpt(0.5):0} / {100 * source.Curve.Cpt(0.8):0}");
            var mixed = MixedTraffic.Of(router.Sources.Select(source => source.Outcomes));
            output.WriteLine($"| {router.Name} | {string.Join(" | ", cells)} | {100 * mixed.Cpt50:0} / {100 * mixed.Cpt80:0}, {mixed.Apgr:0.000} |");
        }

        output.WriteLine($"\nMean APGR of \"{ours.Name}\" minus that of the others, paired bootstrap of the same rows, 95 %:\n");
        output.WriteLine("| minus | difference | from | to |");
        output.WriteLine("| --- | --- | --- | --- |");
        foreach (var router in routers.Where(router => router != ours))
        {
            var interval = Bootstrap.Difference(ours.Rankings, router.Rankings, draws, new Random(seed));
            output.WriteLine($"| {router.Name} | {ours.MeanApgr - router.MeanApgr:+0.000;-0.000} | {interval.Low:+0.000;-0.000} | {interval.High:+0.000;-0.000} |");
        }
    }

    private static string Cell(double value, Interval interval) => $"{value:0.000} ±{(interval.High - interval.Low) / 2:0.000}";
}
