using Gateway.Caching.Stores;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Caching.Tests.Stores;

/// <summary>How many of a trace's asks the store in memory answers, against one that keeps what was used last.</summary>
public sealed class HitRateTests
{
    private const int Weight = 2000;
    private const int Room = 1000;

    [Fact]
    public void Keeps_more_of_what_is_asked_for_often_than_the_last_used_ones_would_be()
    {
        var trace = Zipf(new Random(1), keys: 50_000, asks: 200_000);
        var (ours, lru) = (Ours(trace), LastUsed(trace));
        TestContext.Current.TestOutputHelper?.WriteLine($"Zipf 0.9: W-TinyLFU {ours:P1}, LRU {lru:P1}");
        Assert.True(ours > lru + 0.05, $"{ours:P1} against {lru:P1}");
    }

    [Fact]
    public void A_scan_of_keys_asked_for_once_does_not_wash_out_what_is_asked_for_often()
    {
        var chance = new Random(2);
        var often = Zipf(chance, keys: 5_000, asks: 100_000);
        // After each ask of the trace two keys that nobody asks for again.
        var trace = often.SelectMany((key, i) => new[] { key, 1_000_000 + (2 * i), 1_000_001 + (2 * i) }).ToArray();
        var (ours, lru) = (Ours(trace), LastUsed(trace));
        TestContext.Current.TestOutputHelper?.WriteLine($"Zipf with scan: W-TinyLFU {ours:P1}, LRU {lru:P1}");
        Assert.True(ours > lru + 0.05, $"{ours:P1} against {lru:P1}");
    }

    [Fact]
    public void Forgets_what_was_asked_for_often_once_others_are()
    {
        var (early, late) = (Zipf(new Random(3), 5_000, 100_000), Zipf(new Random(4), 5_000, 100_000));
        var ours = Ours([.. early, .. late.Select(key => key + 1_000_000)]);
        var alone = (Ours(early) + Ours(late)) / 2;
        TestContext.Current.TestOutputHelper?.WriteLine($"a change of keys: {ours:P1}, each alone {alone:P1}");
        Assert.True(ours > alone - 0.03, $"{ours:P1} against {alone:P1}");
    }

    private static double Ours(int[] trace)
    {
        var store = new MemoryAnswerStore((long)Room * Weight, new FakeTimeProvider(Samples.Start));
        var answer = Samples.Weighing(Weight);
        var hits = 0;
        foreach (var number in trace)
        {
            var key = Samples.Key(number);
            if (AtOnce.Of(store.GetAsync(key, default)) is not null)
                hits++;
            else
                AtOnce.Of(store.SetAsync(key, answer, default));
        }

        return (double)hits / trace.Length;
    }

    private static double LastUsed(int[] trace)
    {
        var order = new LinkedList<int>();
        var nodes = new Dictionary<int, LinkedListNode<int>>();
        var hits = 0;
        foreach (var key in trace)
        {
            if (nodes.TryGetValue(key, out var node))
            {
                hits++;
                order.Remove(node);
                order.AddFirst(node);
                continue;
            }

            nodes[key] = order.AddFirst(key);
            if (nodes.Count > Room)
            {
                nodes.Remove(order.Last!.Value);
                order.RemoveLast();
            }
        }

        return (double)hits / trace.Length;
    }

    /// <summary>Asks for keys of which the k-th is asked for in proportion to k to the power of -0.9.</summary>
    private static int[] Zipf(Random chance, int keys, int asks)
    {
        var sums = new double[keys];
        var sum = 0.0;
        for (var i = 0; i < keys; i++)
            sums[i] = sum += Math.Pow(i + 1, -0.9);
        return [.. Enumerable.Range(0, asks).Select(_ => Array.BinarySearch(sums, chance.NextDouble() * sum) is var at && at < 0 ? ~at : at)];
    }
}
