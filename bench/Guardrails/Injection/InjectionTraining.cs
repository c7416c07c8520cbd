using Gateway.Guardrails.Injection;

namespace Gateway.Bench.Guardrails.Injection;

/// <summary>Makes an artefact of examples: the two classifiers, the gate, and the scores that keep false-positive rates.</summary>
public static class InjectionTraining
{
    /// <summary>Table sizes: 128 Ki weights of a classifier, 16 Ki of the gate, which stay in the caches nearest to the processor.</summary>
    private const int Bits = 17;
    private const int GateBits = 14;
    private const int Seed = 20;

    /// <summary>Of the attacks that a classifier finds at 1 %, the gate may lose so many.</summary>
    private const double MayBeLost = 0.01;

    private static readonly double[] Rates = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1];

    /// <param name="examples">Only those for training and calibrating are used.</param>
    /// <param name="log">Told how it goes.</param>
    public static InjectionArtefact Train(IReadOnlyList<Example> examples, TextWriter log)
    {
        Example[] training = [.. examples.Where(example => example.Use == Use.Train)];
        var direct = Fit([.. training.Where(example => !(example.IsAttack && example.IsIndirect && example.Source == "BIPIA"))], WeightOf, Bits, false);
        log.WriteLine("direct fitted");
        // What a user may ask for, a document may not: an ordinary request is no example of an ordinary document.
        var indirect = Fit([.. training.Where(example => example.IsIndirect || example.IsAttack || example.Source is "mmlu_pro" or "routellm_mmlu")], _ => 1, Bits, false);
        log.WriteLine("indirect fitted");
        var gate = Fit(training, _ => 1, GateBits, true);
        var open = gate with { Levels = [new FalsePositiveLevel(0.5f, float.MinValue)] };
        var artefact = Calibrate(new InjectionArtefact(open, direct, indirect), examples);
        artefact = artefact with { Gate = Gate(artefact, training, log) };
        return Calibrate(artefact, examples);
    }

    /// <summary>Of what people really ask assistants there is little among the ordinary prompts, and most are questions of examinations.</summary>
    private static float WeightOf(Example example) =>
        example.IsAttack ? 1 : example.Source is "WildGuard benign" or "self-instruct" ? 4 : example.IsIndirect ? 0.5f : 1;

    private static LinearHead Fit(Example[] examples, Func<Example, float> weight, int bits, bool wordsAlone)
    {
        var set = new WindowSet(wordsAlone);
        for (var i = 0; i < examples.Length; i++)
            set.Add(examples[i].Utf8, i, examples[i].IsAttack, weight(examples[i]));
        return new LinearFit(bits, Seed).Fit(set);
    }

    /// <summary>Each source of ordinary texts counts the same, however many it has; those of examination questions count as one.</summary>
    private static InjectionArtefact Calibrate(InjectionArtefact artefact, IReadOnlyList<Example> examples)
    {
        var classifier = new InjectionClassifier(artefact);
        return artefact with
        {
            Direct = artefact.Direct with { Levels = Levels(false) },
            Indirect = artefact.Indirect with { Levels = Levels(true) },
        };

        FalsePositiveLevel[] Levels(bool isIndirect)
        {
            var groups = examples.Where(example => example.Use == Use.Calibrate && !example.IsAttack && example.IsIndirect == isIndirect).GroupBy(example => example.Source).ToList();
            List<(float Score, double Weight)> scores = [];
            foreach (var group in groups)
            {
                var all = group.ToList();
                var share = group.Key is "mmlu_pro" or "routellm_mmlu" or "llmrouter_mix" ? 1 / 3.0 : 1;
                scores.AddRange(all.Select(example => (classifier.Best(example.Utf8, isIndirect), share / all.Count)));
            }

            scores.Sort((one, other) => other.Score.CompareTo(one.Score));
            var total = scores.Sum(score => score.Weight);
            return [.. Rates.Select(rate => new FalsePositiveLevel((float)rate, Math.Max(Above(rate * total), -20)))];

            float Above(double weight)
            {
                var sum = 0.0;
                foreach (var (score, own) in scores)
                {
                    if ((sum += own) > weight)
                        return MathF.BitIncrement(score);
                }

                return 0;
            }
        }
    }

    /// <summary>Sets the gate as high as it may be.</summary>
    private static LinearHead Gate(InjectionArtefact artefact, Example[] training, TextWriter log)
    {
        var classifier = new InjectionClassifier(artefact);
        List<float> opened = [];
        foreach (var example in training.Where(example => example.IsAttack))
        {
            if (classifier.Best(example.Utf8, example.IsIndirect) < classifier.HeadOf(example.IsIndirect).Threshold(0.01))
                continue;
            var set = new WindowSet(true);
            set.Add(example.Utf8, 0, true, 1);
            var best = float.NegativeInfinity;
            foreach (var window in set.Windows)
            {
                var sum = 0;
                foreach (var gram in set.GramsOf(window))
                    sum += artefact.Gate.Weights[gram >> (32 - GateBits)];
                best = Math.Max(best, artefact.Gate.Score(sum, window.Tokens));
            }

            opened.Add(best);
        }

        opened.Sort();
        var threshold = opened[(int)(opened.Count * MayBeLost)];
        log.WriteLine($"gate at {threshold:0.00}, {opened.Count} attacks");
        return artefact.Gate with { Levels = [new FalsePositiveLevel(0.5f, threshold)] };
    }
}
