using Gateway.Routing.Evaluation;

namespace Gateway.Routing.Complexity.Training;

/// <summary>What a training is worth on prompts that it has not seen, beside what costs nothing to have.</summary>
public sealed class TrainingTrial
{
    /// <param name="prompts">What is trained on.</param>
    /// <param name="leftOut">What <see cref="ArtefactMaker.PredictLeftOut"/> gave for them.</param>
    /// <param name="before">The artefact that is used without this training.</param>
    public TrainingTrial(IReadOnlyList<LabelledPrompt> prompts, double[] leftOut, ScorerArtefact before)
    {
        var scorer = new LearnedScorer(before);
        Trained = new JudgedRouter("trained", prompts, row => leftOut[row]);
        Others =
        [
            new JudgedRouter("chance", prompts, _ => 0),
            new JudgedRouter("prompt length", prompts, row => prompts[row].Ask.Length),
            new JudgedRouter("the gateway's own", prompts, row => scorer.Score(new Prompt { Ask = prompts[row].Ask, ToolsJson = prompts[row].ToolsJson, UserTurns = 1 }).Value),
        ];
        LeftOut = [.. prompts.Select(prompt => prompt.Source).Distinct().Except(Trained.Sources.Select(source => source.Name))];
    }

    public JudgedRouter Trained { get; }

    /// <summary>Chance, which in expectation is one tie of all prompts; prompt length; the artefact used so far.</summary>
    public IReadOnlyList<JudgedRouter> Others { get; }

    /// <summary>Sources on which both models are equally good, so that nothing can be said of them.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>How much more of the gap the training recovers than another router, mean APGR, 95 %.</summary>
    public Interval GainOver(JudgedRouter other, int draws, int seed) =>
        Bootstrap.Difference(Trained.Rankings, other.Rankings, draws, new Random(seed));
}
