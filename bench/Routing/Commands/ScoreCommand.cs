using System.Text;
using System.Text.Json;
using Gateway.Bench.Load.Commands;
using Gateway.Bench.Routing.Rows;
using Gateway.Routing.Complexity;

namespace Gateway.Bench.Routing.Commands;

/// <summary>Scores a folder of rows as the gateway would, one <c>{id: score}</c> object.</summary>
public sealed class ScoreCommand : IBenchCommand
{
    public string Usage => "DATA OUT.json [--artefact FILE]    score every row with the default artefact, or with FILE";

    public int Run(Arguments arguments, TextWriter output)
    {
        var rows = LabelledRows.Read(arguments.Place(0, "DATA"));
        var scorer = new LearnedScorer(Artefacts.Load(arguments.One("--artefact")));
        var scores = new Dictionary<string, double>();
        foreach (var row in rows)
        {
            var tools = row.Prompt.ToolsJson;
            scores[row.Prompt.Id] = scorer.Score(new Prompt { Ask = row.Prompt.Ask, ToolsJson = tools, UserTurns = 1 }).Value;
        }

        File.WriteAllText(arguments.Place(1, "OUT.json"), JsonSerializer.Serialize(scores), new UTF8Encoding(false));
        output.WriteLine($"{scores.Count} scores by artefact {scorer.Artefact.Id}");
        return 0;
    }
}
