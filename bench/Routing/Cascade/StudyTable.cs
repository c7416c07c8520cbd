using Gateway.Routing.Complexity.Training;
using Gateway.Routing.Evaluation;

namespace Gateway.Bench.Routing.Cascade;

/// <summary>Ways of choosing what goes up, side by side: the mean over their sources, and the difference to the first.</summary>
public static class StudyTable
{
    public static void Write(string title, IReadOnlyList<JudgedRouter> routers, int draws, int seed, TextWriter output)
    {
        output.WriteLine($"\n{title}\n");
        output.WriteLine("| sent up by | APGR | CPT50 | CPT80 | minus the first, 95 % |");
        output.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var router in routers)
        {
            var own = Bootstrap.MeanApgr(router.Rankings, draws, new Random(seed));
            var (cpt50, cpt80) = (router.Sources.Average(source => source.Curve.Cpt(0.5)), router.Sources.Average(source => source.Curve.Cpt(0.8)));
            var difference = "";
            if (router != routers[0])
            {
                var interval = Bootstrap.Difference(router.Rankings, routers[0].Rankings, draws, new Random(seed));
                difference = $"{router.MeanApgr - routers[0].MeanApgr:+0.000;-0.000} [{interval.Low:+0.000;-0.000}, {interval.High:+0.000;-0.000}]";
            }

            output.WriteLine($"| {router.Name} | {router.MeanApgr:0.000} ±{(own.High - own.Low) / 2:0.000} | {100 * cpt50:0} | {100 * cpt80:0} | {difference} |");
        }
    }
}
