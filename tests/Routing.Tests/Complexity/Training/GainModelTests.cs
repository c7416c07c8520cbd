using Gateway.Routing.Complexity;
using Gateway.Routing.Complexity.Training;
using Gateway.Routing.Evaluation;

namespace Gateway.Routing.Tests.Complexity.Training;

public sealed class GainModelTests
{
    private static readonly TrainingSettings Settings = new();

    [Fact]
    public void Learns_what_gains_and_ranks_unseen_prompts_by_it()
    {
        var unseen = LabelledPrompts.Make(200, seed: 2);
        var predictions = GainModel.Fit(LabelledPrompts.Make(400), Settings).Predict(unseen);
        var curve = GapCurve.Of(unseen.Select((prompt, row) => new Outcome(predictions[row], prompt.Weak, prompt.Strong)))!;
        Assert.InRange(curve.Apgr, 0.65, 1);
    }

    [Fact]
    public void The_same_prompts_give_the_same_artefact_to_the_byte()
    {
        var prompts = LabelledPrompts.Make(60);
        Assert.Equal(
            ArtefactFormat.Write(ArtefactMaker.Train(prompts, Settings, "card")), ArtefactFormat.Write(ArtefactMaker.Train(prompts, Settings, "card")));
    }

    [Fact]
    public void An_artefact_in_bytes_ranks_as_the_model_at_full_precision()
    {
        var prompts = LabelledPrompts.Make(300);
        var artefact = ArtefactMaker.Train(prompts, Settings, "card");
        var full = GainModel.Fit(prompts, Settings).Predict(prompts);
        var scorer = new LearnedScorer(artefact);
        var scores = prompts.ConvertAll(prompt => scorer.Score(new Prompt { Ask = prompt.Ask }).Value);
        var (byModel, byScore) = (Order(full), Order([.. scores]));
        Assert.InRange(byModel.Zip(byScore).Average(pair => Math.Abs(pair.First - pair.Second)), 0, 6);
    }

    [Fact]
    public void An_artefact_s_quantiles_rise_and_its_scores_spread()
    {
        var quantiles = ArtefactMaker.Train(LabelledPrompts.Make(300), Settings, "card").Quantiles;
        Assert.Equal(quantiles.Order(), quantiles);
        Assert.Equal(0.5, quantiles[50], 3);
        Assert.True(quantiles[90] - quantiles[10] > 0.3);
    }

    [Fact]
    public void A_group_is_never_on_both_sides_of_a_fold()
    {
        var prompts = LabelledPrompts.Make(100);
        var folds = Folds.Deal(prompts, 4, new Random(5));
        Assert.All(prompts.Zip(folds).GroupBy(pair => pair.First.Group), group => Assert.Single(group.Select(pair => pair.Second).Distinct()));
        Assert.Equal(4, folds.Distinct().Count());
    }

    [Fact]
    public void Gains_are_compared_within_a_source_only()
    {
        var strong = LabelledPrompts.Make(50, "strong").ConvertAll(prompt => prompt with { Weak = prompt.Weak * 0.2 });
        var targets = GainTargets.Of([.. LabelledPrompts.Make(200, "weak"), .. strong], Settings);
        Assert.Equal(0, targets.Values[..200].Average(), 9);
        Assert.Equal(0, targets.Values[200..].Average(), 9);
        Assert.True(targets.Importance[249] > targets.Importance[0]);
    }

    /// <summary>Each row's place in the order of the scores.</summary>
    private static int[] Order(double[] scores)
    {
        var places = new int[scores.Length];
        foreach (var (row, place) in Enumerable.Range(0, scores.Length).OrderBy(row => scores[row]).Select((row, place) => (row, place)))
            places[row] = place;
        return places;
    }
}
