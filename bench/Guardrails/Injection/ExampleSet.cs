using System.Text;
using Gateway.Bench.Load.Commands;

namespace Gateway.Bench.Guardrails.Injection;

/// <summary>All examples of a run: what others published, what lies about, what the grammar makes.</summary>
public sealed class ExampleSet
{
    private const int Made = 6000;
    private const int MadeOfLanguage = 2500;

    /// <summary>How the words of the commands name the data.</summary>
    public const string Usage = "--sources FOLDER --prompts FOLDER [--tree NAME=FOLDER ...]";

    private ExampleSet(List<Example> all) => All = all;

    public IReadOnlyList<Example> All { get; }

    /// <exception cref="FormatException">A word is missing or makes no sense.</exception>
    public static ExampleSet Load(Arguments arguments)
    {
        var folder = arguments.One("--sources") ?? throw new FormatException("--sources is missing");
        var prompts = arguments.One("--prompts") ?? throw new FormatException("--prompts is missing");
        var trees = arguments.All("--tree").Select(word => word.Split('=', 2) is [var name, var root] ? (name, root) : throw new FormatException($"--tree {word} is not NAME=FOLDER")).ToList();
        List<Example> all = [.. new AttackSources(folder).All(), .. new BenignSources(folder, prompts, trees).All()];
        all.AddRange(Generated([.. all]).ToList());
        return new ExampleSet(Distinct(all));
    }

    /// <summary>Texts of the grammar. The attacks of the indirect kind stand in ordinary documents, a little of which is kept on both sides.</summary>
    private static IEnumerable<Example> Generated(List<Example> others)
    {
        var (grammar, chance) = (Grammar.Default, new Random(11));
        Example[] documents = [.. others.Where(example => example is { IsIndirect: true, IsAttack: false, Use: Use.Train })];
        foreach (var rule in grammar.Subjects)
        {
            var parts = rule.Split('.');
            var (attack, indirect) = (parts[0] == "attack", parts[1] == "indirect");
            var count = parts[3] == "en" ? Made : MadeOfLanguage;
            for (var i = 0; i < count; i++)
            {
                var text = grammar.Make(rule, chance);
                var use = chance.Next(4) == 0 && !attack ? Use.Calibrate : Use.Train;
                yield return new Example("grammar", $"{parts[2]} {parts[3]}", indirect, attack, use, Encoding.UTF8.GetBytes(text));
                if (attack && i % 4 == 0)
                    yield return new Example("grammar", $"{parts[2]} {parts[3]} in documents", true, true, use, Surround(text, documents, chance));
            }
        }

        foreach (var example in others.Where(example => example is { Use: Use.Train, IsAttack: true, IsIndirect: true }).ToArray())
        {
            for (var i = 0; i < 8; i++)
                yield return example with { Family = "train in documents", Utf8 = Surround(Encoding.UTF8.GetString(example.Utf8), documents, chance) };
        }
    }

    private static byte[] Surround(string attack, Example[] documents, Random chance)
    {
        var document = Encoding.UTF8.GetString(documents[chance.Next(documents.Length)].Utf8);
        var at = chance.Next(document.Length);
        var before = document[Math.Max(0, at - chance.Next(20, 120))..at];
        var behind = document[at..Math.Min(document.Length, at + chance.Next(20, 120))];
        string[] joints = ["\n", " ", "\n\n", ". "];
        return Encoding.UTF8.GetBytes($"{before}{joints[chance.Next(4)]}{attack}{joints[chance.Next(4)]}{behind}");
    }

    /// <summary>Nothing is judged that is nearly the same as something trained on: a text goes when most of its runs of eight words are known.</summary>
    private static List<Example> Distinct(List<Example> all)
    {
        var known = new HashSet<ulong>();
        foreach (var example in all.Where(example => example.Use == Use.Train && example.IsAttack))
            known.UnionWith(Shingles(example.Utf8));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. all.Where(example =>
        {
            if (!seen.Add($"{example.IsIndirect}{Encoding.UTF8.GetString(example.Utf8)}"))
                return false;
            if (example.Use == Use.Train || !example.IsAttack)
                return true;
            var own = Shingles(example.Utf8).ToList();
            return own.Count(known.Contains) * 2 <= own.Count;
        })];
    }

    private static IEnumerable<ulong> Shingles(byte[] text)
    {
        var (at, hashes) = (0, new Queue<uint>());
        while (Gateway.Guardrails.Injection.Tokens.Next(text, ref at, out var token))
        {
            hashes.Enqueue(token.Hash);
            if (hashes.Count > 8)
                hashes.Dequeue();
            if (hashes.Count == 8)
                yield return hashes.Aggregate(17UL, (sum, hash) => (sum * 0x9E3779B97F4A7C15) ^ hash);
        }
    }
}
