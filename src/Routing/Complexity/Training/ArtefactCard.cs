using System.Globalization;
using System.Text;

namespace Gateway.Routing.Complexity.Training;

/// <summary>What an artefact says of itself; Markdown.</summary>
public static class ArtefactCard
{
    /// <param name="prompts">What it is trained on.</param>
    /// <param name="settings">How.</param>
    /// <param name="date">When, as it shall be written.</param>
    /// <param name="notes">Origin, licences, figures; Markdown, may be empty.</param>
    public static string Of(IReadOnlyList<LabelledPrompt> prompts, TrainingSettings settings, string date, string notes)
    {
        var culture = CultureInfo.InvariantCulture;
        var card = new StringBuilder($"Trained {date} on {prompts.Count} labelled prompts, seed {settings.Seed}.\n\n| source | prompts | mean gain |\n| --- | --- | --- |\n");
        foreach (var source in prompts.GroupBy(prompt => prompt.Source))
            card.Append(culture, $"| {source.Key} | {source.Count()} | {source.Average(prompt => prompt.Gain):+0.000;-0.000} |\n");
        card.Append(culture, $"\nRidge {settings.Penalty}, statistics x{settings.DenseScale}, labels smoothed {settings.Smoothing}.\n");
        return notes.Length == 0 ? card.ToString() : card.Append('\n').Append(notes.TrimEnd()).Append('\n').ToString();
    }
}
