using System.Text;
using Gateway.Routing.Complexity.Training;

namespace Gateway.Routing.Tests.Complexity.Training;

/// <summary>Made-up prompts: those that speak of rivers gain, those that speak of bread do not.</summary>
internal static class LabelledPrompts
{
    public static List<LabelledPrompt> Make(int count, string source = "made-up", int seed = 1)
    {
        var chance = new Random(seed);
        string[] filler = ["old", "blue", "quiet", "seven", "open", "walk", "table", "green", "often", "city"];
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var gains = chance.Next(2) == 0;
            var words = Enumerable.Range(0, 12).Select(_ => filler[chance.Next(filler.Length)]).Append(gains ? "river" : "bread");
            return new LabelledPrompt
            {
                Id = $"{source}:{i}",
                Source = source,
                Group = $"{source}:{i / 2}",
                Ask = Encoding.UTF8.GetBytes(string.Join(' ', words.OrderBy(_ => chance.Next()))),
                Weak = chance.NextDouble() < 0.1 ^ gains ? 0 : 1,
                Strong = 1,
            };
        })];
    }
}
