using System.Diagnostics;
using System.Text;
using Gateway.Bench.Load.Commands;
using Gateway.Caching;
using Gateway.Caching.Embedding.Encoder;
using Gateway.Caching.Embedding.Table;
using Gateway.Caching.Semantic;
using Gateway.Caching.Semantic.Bounds;
using Gateway.Caching.Semantic.Comparison;
using Gateway.Caching.Stores;

namespace Gateway.Bench.Caching.Commands;

/// <summary>What a look by meaning takes, embedding included, by the number of entries; all of them in one scope, which is the worst there is.</summary>
public sealed class LookupCommand : IBenchCommand
{
    private static readonly SemanticSettings Settings = new() { ConfirmWithin = TimeSpan.FromSeconds(5) };

    public string Usage => "[--entries 1000,100000,1000000] [--looks 200]   times of a miss, of a refusal by comparison, and of a hit confirmed by the encoder";

    public async Task<int> RunAsync(Arguments arguments, TextWriter output)
    {
        var looks = arguments.Number("--looks", 200);
        var counts = (arguments.One("--entries") ?? "1000,100000,1000000").Split(',').Select(int.Parse).ToArray();
        output.WriteLine($"{looks} looks each, all entries in one scope, {Machine.Describe()}\n");
        output.WriteLine("| entries | look | median | 95 % | comes to |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var count in counts)
            await MeasureAsync(count, looks, output);
        return 0;
    }

    private static async Task MeasureAsync(int count, int looks, TextWriter output)
    {
        var finder = TableEmbedder.CreateBuiltin();
        using var confirmer = EncoderEmbedder.CreateBuiltin(new EncoderLimits(1, 8, TimeSpan.FromSeconds(5)), TimeProvider.System);
        await using var index = new MemoryVectorIndex(new VectorSpace(finder.Version, finder.Dimensions), count + 1_000, TimeProvider.System);
        var cache = new SemanticCache(
            new SemanticParts(finder, confirmer, index, static (known, asked) => AskComparison.Find(known, asked)?.Reason()),
            new LearnedBars(Settings, TimeProvider.System, new Random(1)), Settings, TimeProvider.System);
        var facts = new EntryFacts("bench", "auto", [], DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        await cache.AddAsync(Question("How do I turn on dark mode in the billing portal?"), facts, default);
        await FillAsync(index, finder, count - 1, facts);
        await TimeAsync(count, "nothing near", "Which medieval castles near Ljubljana open on Mondays?", cache, looks, output);
        await TimeAsync(count, "near, and different", "How do I turn off dark mode in the billing portal?", cache, looks, output);
        await TimeAsync(count, "a hit", "How can I turn on dark mode in the billing portal?", cache, looks, output);
    }

    /// <summary>Entries that are found by their vector alone; the encoder, 2 ms each, would take an hour for a million and is not asked of them.</summary>
    private static async Task FillAsync(MemoryVectorIndex index, TableEmbedder finder, int count, EntryFacts facts)
    {
        string[] verbs = ["bake", "paint", "repair", "sell", "grow", "wash", "measure", "translate", "draw", "store"];
        string[] things = ["bread", "a fence", "a bicycle", "old coins", "tomatoes", "wool", "a river", "a poem", "a map", "honey", "a violin", "bricks"];
        string[] places = ["in spring", "by hand", "in a small kitchen", "on a boat", "with children", "at night", "for a living", "in the mountains"];
        var vector = new float[finder.Dimensions];
        for (var i = 0; i < count; i++)
        {
            var ask = $"How do people {verbs[i % 10]} {things[i / 10 % 12]} {places[i / 120 % 8]} {i / 960}";
            if (finder.Embed(ask, vector) is null)
                await index.AddAsync(new IndexEntry(Key(ask), Key("scope"), vector.ToArray(), facts, Encoding.UTF8.GetBytes(ask)), default);
        }
    }

    private static async Task TimeAsync(int count, string name, string ask, SemanticCache cache, int looks, TextWriter output)
    {
        var (question, times, found) = (Question(ask), new List<double>(looks), default(SemanticFinding));
        for (var i = -looks / 4; i < looks; i++)
        {
            var from = Stopwatch.GetTimestamp();
            found = await cache.FindAsync(question, default);
            if (i >= 0)
                times.Add(Stopwatch.GetElapsedTime(from).TotalMicroseconds);
        }

        times.Sort();
        output.WriteLine($"| {count:N0} | {name} | {times[looks / 2]:N0} µs | {times[looks * 95 / 100]:N0} µs | {(found.Id is not null ? "hit" : found.Reason ?? "nothing near")} |");
    }

    private static CacheQuestion Question(string ask) => new(Key(ask), Key("scope"), "bench", "auto", ask, []);

    private static CacheKey Key(string text) => CacheKey.Of(Encoding.UTF8.GetBytes(text));
}
