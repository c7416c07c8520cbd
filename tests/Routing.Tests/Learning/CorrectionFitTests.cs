using System.Text;
using Gateway.Routing.Complexity.Features;
using Gateway.Routing.Learning;

namespace Gateway.Routing.Tests.Learning;

public sealed class CorrectionFitTests
{
    [Theory]
    [InlineData(OutcomeKind.Judged)]
    [InlineData(OutcomeKind.Feedback)]
    [InlineData(OutcomeKind.Disagreement)]
    public void Learns_which_prompts_the_small_model_fails_on(OutcomeKind kind)
    {
        var report = CorrectionFit.Fit(Some.Artefact, Some.Workload(400, new Random(1), kind));
        var correction = report.Correction;
        Assert.NotNull(correction);
        Assert.True(correction.Mark.Corrected > correction.Mark.Default + 0.2, $"{correction.Mark}");
        var (hard, easy) = (new List<float>(), new List<float>());
        var chance = new Random(2);
        for (var i = 0; i < 50; i++)
        {
            hard.Add(correction.Apply(Some.Sketch(Some.Ask(isHard: true, chance))));
            easy.Add(correction.Apply(Some.Sketch(Some.Ask(isHard: false, chance))));
        }

        Assert.True(hard.Min() > easy.Max(), $"{hard.Min()} {easy.Max()}");
    }

    [Fact]
    public void Learns_nothing_from_labels_that_follow_no_rule()
    {
        var chance = new Random(3);
        var noise = Some.Workload(300, chance).ConvertAll(outcome => outcome with { Small = chance.Next(2), Sketch = Some.Sketch("same", (float)chance.NextDouble()) });
        // The default is right here, which no fit of the features can be.
        noise = noise.ConvertAll(outcome => outcome with { Small = outcome.Sketch.Score > 0.5f ? 0 : 1 });
        var report = CorrectionFit.Fit(Some.Artefact, noise);
        Assert.Null(report.Correction);
        Assert.StartsWith("no better than the default", report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Passed_checks_are_drawn_one_in_ten_and_not_from_one_fold()
    {
        var chance = new Random(6);
        var drawn = Enumerable.Range(0, 20_000).Select(_ => (ulong)chance.NextInt64()).Where(Outcome.IsSampled).ToList();
        Assert.InRange(drawn.Count, 1_800, 2_200);
        Assert.Equal(5, drawn.Select(request => request % 5).Distinct().Count());
    }

    [Fact]
    public void A_drawn_pass_counts_as_ten_and_a_rejection_as_one_but_together_only_as_many_as_there_are()
    {
        // 40 requests, a quarter of them rejected: ten rejections, and three of the thirty passes.
        var outcomes = Enumerable.Range(0, 13).Select(i => Some.Outcome((ulong)i, OutcomeKind.Checked, small: i < 10 ? 0 : 1)).ToList();
        var (gains, weights) = GainEstimates.Of(outcomes);
        Assert.Equal(13 * 0.4, weights.Sum(), 9);
        Assert.Equal(10 * weights[0], weights[12], 9);
        Assert.Equal(0, gains.Zip(weights).Sum(pair => pair.First * pair.Second), 9);
        Assert.Equal(Math.Sqrt(3), gains[0], 6);
    }

    [Fact]
    public void Fits_nothing_to_a_handful_of_outcomes()
    {
        var report = CorrectionFit.Fit(Some.Artefact, Some.Workload(49, new Random(4)));
        Assert.Null(report.Correction);
        Assert.Equal("49 of 50 outcomes that a fit needs", report.Reason);
    }

    [Fact]
    public void The_same_outcomes_give_the_same_version_and_others_another()
    {
        var outcomes = Some.Workload(200, new Random(5));
        var version = CorrectionFit.Fit(Some.Artefact, outcomes).Correction!.Version;
        Assert.Equal(version, CorrectionFit.Fit(Some.Artefact, outcomes).Correction!.Version);
        Assert.NotEqual(version, CorrectionFit.Fit(Some.Artefact + 1, outcomes).Correction!.Version);
        Assert.NotEqual(version, CorrectionFit.Fit(Some.Artefact, outcomes[1..]).Correction!.Version);
    }

    [Fact]
    public void Of_two_words_about_one_request_the_last_counts()
    {
        var outcomes = Some.Workload(200, new Random(6), OutcomeKind.Feedback);
        var said = outcomes.ConvertAll(outcome => outcome with { Small = 1 - outcome.Small, Large = outcome.Large is null ? null : 0 });
        var twice = CorrectionFit.Fit(Some.Artefact, [.. said, .. outcomes]);
        Assert.Equal(200, twice.Outcomes);
        Assert.Equal(CorrectionFit.Fit(Some.Artefact, outcomes).Correction!.Version, twice.Correction!.Version);
    }

    [Fact]
    public void Trust_grows_with_the_number_of_outcomes()
    {
        var (few, many) = (CorrectionFit.Fit(Some.Artefact, Some.Workload(100, new Random(7))), CorrectionFit.Fit(Some.Artefact, Some.Workload(900, new Random(7))));
        Assert.Equal(0.5f, few.Correction!.Mark.Trust, 3);
        Assert.Equal(0.9f, many.Correction!.Mark.Trust, 3);
    }

    [Fact]
    public void A_correction_survives_being_written_and_scores_a_prompt_as_its_sketch()
    {
        var correction = CorrectionFit.Fit(Some.Artefact, Some.Workload(200, new Random(8))).Correction!;
        var read = CorrectionCodec.Read(CorrectionCodec.Write(correction))!;
        Assert.Equal((correction.Version, correction.Mark), (read.Version, read.Mark));
        const string Ask = "Prove that the sequence of primes converges to nothing";
        using var features = PromptFeatures.Read(Encoding.UTF8.GetBytes(Ask), default);
        Assert.Equal(correction.Apply(0.3f, features), read.Apply(0.3f, features));
        Assert.Equal(correction.Apply(Some.Sketch(Ask, 0.3f)), read.Apply(0.3f, features), 0.005f);
        Assert.Null(CorrectionCodec.Read(CorrectionCodec.Write(correction).AsSpan(1)));
    }

    [Fact]
    public void A_correction_is_applied_without_allocating()
    {
        var correction = CorrectionFit.Fit(Some.Artefact, Some.Workload(100, new Random(9))).Correction!;
        using var features = PromptFeatures.Read(Encoding.UTF8.GetBytes("Prove that there are infinitely many primes."), default);
        correction.Apply(0, features);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            correction.Apply(0, features);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
