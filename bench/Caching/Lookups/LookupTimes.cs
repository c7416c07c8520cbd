using System.Diagnostics;
using System.Globalization;
using System.Text;
using Gateway.Caching;
using Gateway.Caching.Stores;

namespace Gateway.Bench.Caching.Lookups;

/// <summary>How long looks take in the stores that keep everything in memory, by how much they hold; prints one Markdown table each.</summary>
public static class LookupTimes
{
    private const int Rounds = 5;

    private static readonly EntryFacts Facts = new("acme", "chat", [], DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));

    /// <summary>Times looks for answers that are there, in random order.</summary>
    /// <param name="output">Where the table goes.</param>
    /// <param name="sizes">How many answers the store holds, a line each.</param>
    public static void Answers(TextWriter output, params int[] sizes)
    {
        output.WriteLine("| answers | a hit, fastest round | bytes a hit allocates |\n|---|---|---|");
        foreach (var size in sizes)
        {
            var store = new MemoryAnswerStore(Math.Max(64L << 20, 2048L * size), TimeProvider.System);
            var keys = Enumerable.Range(0, size).Select(i => Key($"answer {i}")).ToArray();
            foreach (var key in keys)
                Done(store.SetAsync(key, new CachedAnswer(new byte[600], "slm", "chat-8b", 12, 34, Facts), default));
            new Random(1).Shuffle(keys);
            var looks = Math.Max(200_000, size);
            var (time, allocated) = Fastest(() =>
            {
                for (var i = 0; i < looks; i++)
                    Done(store.GetAsync(keys[i % size], default));
            });
            output.WriteLine(Invariant($"| {size:N0} | {time.TotalNanoseconds / looks:F0} ns | {(double)allocated / looks:F1} |"));
        }
    }

    /// <summary>Times searches for the nearest entry of a scope.</summary>
    /// <param name="output">Where the table goes.</param>
    /// <param name="dimensions">How long vectors are.</param>
    /// <param name="shapes">How many scopes there are and how many entries each holds, a line each.</param>
    public static void Vectors(TextWriter output, int dimensions, params (int Scopes, int Entries)[] shapes)
    {
        output.WriteLine(Invariant($"| scopes × entries, of {dimensions} numbers | a search, fastest round | an addition | bytes an entry |\n|---|---|---|---|"));
        foreach (var (scopes, entries) in shapes)
            output.WriteLine(VectorLine(dimensions, scopes, entries));
    }

    private static string VectorLine(int dimensions, int scopes, int entries)
    {
        var (chance, total) = (new Random(1), scopes * entries);
        var index = new MemoryVectorIndex(new VectorSpace("bench-1", dimensions), total, TimeProvider.System);
        var names = Enumerable.Range(0, scopes).Select(i => Key($"scope {i}")).ToArray();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var adding = TimeSpan.Zero;
        var vector = new float[dimensions];
        for (var i = 0; i < total; i++)
        {
            RandomVectors.Fill(chance, vector);
            var entry = new IndexEntry(Key($"entry {i}"), names[i % scopes], vector, Facts, new byte[64]);
            var started = Stopwatch.GetTimestamp();
            Done(index.AddAsync(entry, default));
            adding += Stopwatch.GetElapsedTime(started);
        }

        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / total;
        var asks = Enumerable.Range(0, 64).Select(_ => RandomVectors.New(chance, dimensions)).ToArray();
        var searches = (int)Math.Clamp(20_000_000L / entries, 20, 20_000);
        var (time, _) = Fastest(() =>
        {
            for (var i = 0; i < searches; i++)
                Done(index.SearchAsync(names[i % scopes], asks[i % asks.Length], 1, 0.5f, default));
        });
        return Invariant($"| {scopes:N0} × {entries:N0} | {time.TotalMicroseconds / searches:F1} µs | {adding.TotalMicroseconds / total:F1} µs | {bytes} |");
    }

    private static (TimeSpan Time, long Allocated) Fastest(Action round)
    {
        round();
        var rounds = new List<(TimeSpan Time, long Allocated)>();
        for (var i = 0; i < Rounds; i++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            round();
            rounds.Add((Stopwatch.GetElapsedTime(started), GC.GetAllocatedBytesForCurrentThread() - allocated));
        }

        return rounds.MinBy(one => one.Time);
    }

    private static void Done(ValueTask call)
    {
        if (!call.IsCompletedSuccessfully)
            throw new InvalidOperationException("a store in memory completes at once");
    }

    private static void Done<T>(ValueTask<T> call)
    {
        if (!call.IsCompletedSuccessfully)
            throw new InvalidOperationException("a store in memory completes at once");
    }

    private static CacheKey Key(string name) => CacheKey.Of(Encoding.UTF8.GetBytes(name));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
