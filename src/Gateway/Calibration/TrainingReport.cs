using System.Globalization;
using System.Text;
using Gateway.Routing.Complexity.Training;
using Gateway.Routing.Evaluation;

namespace Gateway.Calibration;

/// <summary>The words of <c>gateway train</c>.</summary>
internal static class TrainingReport
{
    /// <summary>Resamples of an interval; the tables of bench/Routing take as many.</summary>
    private const int Draws = 1000;

    /// <summary>How good the training is, as a Markdown table, and whether that is more than prompt length alone gives.</summary>
    public static string Evaluation(TrainingTrial trial, int seed)
    {
        var text = new StringBuilder("Each prompt scored by a training that saw neither it nor its group; 95 % intervals by bootstrap:\n\n");
        text.Append("| router | APGR | CPT50 | CPT80 | trained minus this |\n| --- | --- | --- | --- | --- |\n");
        AppendRouter(text, trial.Trained, "", seed);
        foreach (var other in trial.Others)
        {
            var interval = trial.GainOver(other, Draws, seed);
            var difference = trial.Trained.MeanApgr - other.MeanApgr;
            AppendRouter(text, other, string.Create(CultureInfo.InvariantCulture, $"{difference:+0.000;-0.000} ({interval.Low:+0.000;-0.000} to {interval.High:+0.000;-0.000})"), seed);
        }

        text.Append("\nAPGR: part of the quality gap between the models that is recovered, over all shares; chance is 0.500. ");
        text.Append("CPT50, CPT80: least share of prompts on the large model that recovers 50, 80 % of it.\n");
        text.Append("The gateway's own was trained on public benchmarks: rows of these it has seen, and ranks better than it would others.\n");
        if (trial.LeftOut.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"Not judged, since both models are equally good there: {string.Join(", ", trial.LeftOut)}.\n");
        return text.ToString();
    }

    /// <summary>Whether it is worth using, and how.</summary>
    public static string Advice(TrainingTrial trial, string file, int seed)
    {
        var worse = trial.Others.Where(other => trial.GainOver(other, Draws, seed).Low <= 0).Select(other => other.Name).ToList();
        var verdict = worse.Count == 0
            ? "Better than all of these by more than chance explains."
            : $"NOT shown to be better than {string.Join(", ", worse)}: the difference may be nothing, or less. More rows, or leave things as they are.";
        return $$"""
            {{verdict}}

            To try it on some conversations, in gateway.yaml:

              models:
                auto:
                  cascade: { pools: [slm, llm], llm_share: 0.30 }
                  trial: { model: auto-next, share: 0.05, shadow: true }
                auto-next:
                  cascade: { pools: [slm, llm], llm_share: 0.30, artefact: {{file}} }

            To use it for all:

              routing:
                artefact: {{file}}
            """;
    }

    private static void AppendRouter(StringBuilder text, JudgedRouter router, string difference, int seed)
    {
        var interval = Bootstrap.MeanApgr(router.Rankings, Draws, new Random(seed));
        var mixed = MixedTraffic.Of(router.Sources.Select(source => source.Outcomes));
        text.Append(CultureInfo.InvariantCulture, $"| {router.Name} | {router.MeanApgr:0.000} ({interval.Low:0.000} to {interval.High:0.000}) ");
        text.Append(CultureInfo.InvariantCulture, $"| {100 * mixed.Cpt50:0} % | {100 * mixed.Cpt80:0} % | {difference} |\n");
    }
}
