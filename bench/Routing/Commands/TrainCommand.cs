using Gateway.Bench.Load.Commands;
using Gateway.Bench.Routing.Rows;
using Gateway.Routing.Complexity;
using Gateway.Routing.Complexity.Training;

namespace Gateway.Bench.Routing.Commands;

/// <summary>Trains an artefact. The same rows and the same seed give the same bytes, but for the date on the card.</summary>
public sealed class TrainCommand : IBenchCommand
{
    public string Usage => "DATA --out FILE [--exclude SOURCE]... [--seed N] [--notes FILE] [--date YYYY-MM-DD]    train an artefact; notes (origin, licences) go onto its card";

    public int Run(Arguments arguments, TextWriter output)
    {
        var excluded = arguments.All("--exclude").ToHashSet();
        var prompts = LabelledRows.Read(arguments.Place(0, "DATA")).ConvertAll(row => row.Prompt).FindAll(prompt => !excluded.Contains(prompt.Source));
        var path = arguments.One("--out") ?? throw new FormatException("--out FILE is missing");
        if (prompts.Exists(prompt => double.IsNaN(prompt.Gain)))
            throw new FormatException("a row to train on needs weak_score and strong_score");
        var settings = new TrainingSettings { Seed = arguments.Number("--seed", 1) };
        var notes = arguments.One("--notes") is { } file ? File.ReadAllText(file) : "";
        var artefact = ArtefactMaker.Train(prompts, settings, ArtefactCard.Of(prompts, settings, arguments.One("--date") ?? "undated", notes));
        var bytes = ArtefactFormat.Write(artefact);
        File.WriteAllBytes(path, bytes);
        output.WriteLine($"{ArtefactFormat.Read(bytes).Artefact!.Id}: {prompts.Count} prompts, {bytes.Length} bytes, {path}");
        return 0;
    }
}
