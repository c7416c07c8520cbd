using System.Text;
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
        var artefact = ArtefactMaker.Train(prompts, settings, CardOf(prompts, settings, arguments.One("--date") ?? "undated", notes));
        var bytes = ArtefactFormat.Write(artefact);
        File.WriteAllBytes(path, bytes);
        output.WriteLine($"{ArtefactFormat.Read(bytes).Artefact!.Id}: {prompts.Count} prompts, {bytes.Length} bytes, {path}");
        return 0;
    }

    private static string CardOf(List<LabelledPrompt> prompts, TrainingSettings settings, string date, string notes)
    {
        var card = new StringBuilder($"Trained {date} on {prompts.Count} labelled prompts, seed {settings.Seed}.\n\n| source | prompts | mean gain |\n| --- | --- | --- |\n");
        foreach (var source in prompts.GroupBy(prompt => prompt.Source))
            card.Append($"| {source.Key} | {source.Count()} | {source.Average(prompt => prompt.Gain):+0.000;-0.000} |\n");
        card.Append($"\nRidge {settings.Penalty}, statistics x{settings.DenseScale}, labels smoothed {settings.Smoothing}.\n");
        return notes.Length == 0 ? card.ToString() : card.Append('\n').Append(notes.TrimEnd()).Append('\n').ToString();
    }
}
