using System.Text;
using Gateway.Routing.Complexity.Features;
using Gateway.Routing.Learning;

namespace Gateway.Routing.Tests.Learning;

public sealed class SketchTests
{
    [Fact]
    public void Keeps_the_score_the_statistics_and_the_words_of_a_prompt()
    {
        const string Ask = "Why is the sky blue, and why is the sea?";
        var sketch = Some.Sketch(Ask, score: 0.75f);
        using var features = PromptFeatures.Read(Encoding.UTF8.GetBytes(Ask), default);
        Assert.Equal(0.75f, sketch.Score);
        Assert.Equal(features.Grams.ToArray().Count(gram => gram.Gram < Grams.Block), sketch.Pairs);
        for (var i = 0; i < DenseVector.Size; i++)
            Assert.Equal(features.Dense[i], sketch.Dense(i), 0.01f * (1 + features.Dense[i]));
        var squares = Enumerable.Range(0, sketch.Pairs).Sum(index => Math.Pow(sketch.Pair(index).Value, 2));
        Assert.Equal(1, squares, 3);
    }

    [Fact]
    public void Never_grows_beyond_its_bound_and_keeps_the_same_words_of_long_prompts()
    {
        var words = Enumerable.Range(0, 900).Select(number => $"word{number}x").ToList();
        var (forwards, backwards) = (Some.Sketch(string.Join(' ', words)), Some.Sketch(string.Join(". ", Enumerable.Reverse(words))));
        Assert.InRange(forwards.Pairs, 128, Sketch.MostPairs);
        Assert.True(forwards.Bytes.Length <= Sketch.MostBytes);
        var kept = Buckets(forwards);
        // Of the pairs of words none is in both; of the words themselves most that were kept once are kept again.
        Assert.True(Buckets(backwards).Count(kept.Contains) > kept.Count / 4);
    }

    [Fact]
    public void Holds_no_text()
    {
        var sketch = Some.Sketch("xyzzyplugh xyzzyplugh xyzzyplugh");
        Assert.DoesNotContain("xyzzy", Encoding.UTF8.GetString(sketch.Bytes), StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, sketch.Pairs), index => Assert.InRange(sketch.Pair(index).Bucket, 0, Sketch.Buckets - 1));
    }

    [Fact]
    public void Is_written_without_allocating()
    {
        var (bytes, ask) = (new byte[Sketch.MostBytes], Encoding.UTF8.GetBytes("How many primes are there below one hundred, and why?"));
        using var features = PromptFeatures.Read(ask, default);
        Sketch.Write(bytes, 0, features);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            Sketch.Write(bytes, 0, features);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Is_not_read_out_of_bytes_that_are_none()
    {
        var good = Some.Sketch("How many primes are there?").Bytes.ToArray();
        Assert.NotNull(Sketch.Read(good));
        Assert.Null(Sketch.Read([]));
        Assert.Null(Sketch.Read(good.AsSpan(1)));
        Assert.Null(Sketch.Read([.. good, 0]));
        good[12] = 0xFF;
        Assert.Null(Sketch.Read(good));
    }

    private static HashSet<int> Buckets(Sketch sketch) => [.. Enumerable.Range(0, sketch.Pairs).Select(index => sketch.Pair(index).Bucket)];
}
