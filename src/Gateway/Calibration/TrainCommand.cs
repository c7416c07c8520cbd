using Gateway.Routing.Complexity;
using Gateway.Routing.Complexity.Training;

namespace Gateway.Calibration;

/// <summary><c>gateway train</c>: what the scorer <c>learned</c> goes by, learned from an operator's own labelled prompts.</summary>
internal static class TrainCommand
{
    /// <summary>
    /// Questions below which nothing is trained. On the 527 of alpaca_eval a mean APGR is known to ±0.055 (bench/Routing/README.md), so
    /// at 400 to ±0.063: as far as the gateway's own artefact is from chance (0.568). Fewer could not show that a training is worth anything.
    /// </summary>
    public const int FewestQuestions = 400;

    /// <summary>Trains, and writes the artefact to a file and its card beside it, as <c>FILE.md</c>. The same rows, seed and day give the same bytes.</summary>
    /// <param name="data">A file or a folder of rows.</param>
    /// <param name="file">Where the artefact goes.</param>
    /// <param name="seed">Deals the folds.</param>
    /// <param name="time">The date on the card.</param>
    public static TrainResult Run(string data, string file, int seed, TimeProvider time)
    {
        List<LabelledPrompt> prompts;
        int passed;
        try
        {
            (prompts, passed) = LabelledPromptReader.ReadLabelled(data);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return new TrainResult(TrainStep.Read, e.Message);
        }

        var lines = passed == 0 ? "" : $"lines passed over, no labelled prompts: {passed}";
        if (WhyNot(prompts, data) is { } reason)
            return new TrainResult(TrainStep.Read, lines.Length == 0 ? reason : $"{reason}; {lines}");
        var settings = new TrainingSettings { Seed = seed };
        var leftOut = ArtefactMaker.PredictLeftOut(prompts, settings);
        var trial = new TrainingTrial(prompts, leftOut, DefaultArtefact.Instance);
        if (trial.Trained.Sources.Count == 0)
            return new TrainResult(TrainStep.Read, $"in {data} both models are equally good on average, in every source: there is nothing to choose between them");
        var evaluation = TrainingReport.Evaluation(trial, seed);
        var card = ArtefactCard.Of(prompts, settings, $"{time.GetUtcNow():yyyy-MM-dd}", evaluation);
        var bytes = ArtefactFormat.Write(ArtefactMaker.Train(prompts, settings, leftOut, card));
        try
        {
            File.WriteAllBytes(file, bytes);
            File.WriteAllText($"{file}.md", card);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new TrainResult(TrainStep.Write, e.Message);
        }

        var head = $"{file}: artefact {ArtefactFormat.Read(bytes).Artefact!.Id}, trained on {prompts.Count} prompts; card in {file}.md\n";
        return new TrainResult(TrainStep.Done, $"{head}{(lines.Length == 0 ? "" : lines + "\n")}\n{evaluation}\n{TrainingReport.Advice(trial, Path.GetFullPath(file), seed)}");
    }

    private static string? WhyNot(List<LabelledPrompt> prompts, string data)
    {
        if (prompts.Count == 0)
            return $"{data} holds no row with messages, weak_score and strong_score";
        var questions = prompts.Select(prompt => prompt.Group).Distinct().Count();
        if (questions < FewestQuestions)
        {
            return $"{data} holds {questions} questions, rows of one group counted once, and {FewestQuestions} are needed: "
                + "with fewer nothing could tell a training that is worth something from chance";
        }

        return null;
    }
}

/// <summary>How far a training came, and what there is to say of it.</summary>
internal readonly record struct TrainResult(TrainStep Step, string Text);

/// <summary>Where a training ended.</summary>
internal enum TrainStep
{
    /// <summary>The rows could not be read, or cannot be trained on.</summary>
    Read,

    /// <summary>The artefact could not be written.</summary>
    Write,

    Done,
}
