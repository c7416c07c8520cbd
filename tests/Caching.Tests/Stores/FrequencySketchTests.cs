using CsCheck;
using Gateway.Caching.Stores.Memory;

namespace Gateway.Caching.Tests.Stores;

public sealed class FrequencySketchTests
{
    [Fact]
    public void Never_estimates_less_than_was_counted_before_a_halving() =>
        Gen.Int[0, 50].Array[0, 600].Sample(asks =>
        {
            var sketch = new FrequencySketch(64);
            var counts = new Dictionary<int, int>();
            foreach (var key in asks)
            {
                sketch.Count(key, entries: 64);
                counts[key] = counts.GetValueOrDefault(key) + 1;
            }

            return counts.All(count => sketch.Estimate(count.Key) >= Math.Min(count.Value, FrequencySketch.Highest));
        });

    [Fact]
    public void Seldom_estimates_more_than_was_counted()
    {
        var sketch = new FrequencySketch(1024);
        for (var key = 0; key < 1024; key++)
            sketch.Count(key * 7919, entries: 1024);
        var wrong = Enumerable.Range(0, 1024).Count(key => sketch.Estimate(key * 7919) != 1);
        Assert.InRange(wrong, 0, 20);
    }

    [Fact]
    public void Halves_all_counts_after_ten_asks_an_entry()
    {
        var sketch = new FrequencySketch(64);
        for (var i = 0; i < 12; i++)
            sketch.Count(1, entries: 64);
        Assert.Equal(12, sketch.Estimate(1));
        for (var i = 12; i < 640; i++)
            sketch.Count(2, entries: 64);
        Assert.Equal(6, sketch.Estimate(1));
        Assert.Equal(7, sketch.Estimate(2));
    }
}
