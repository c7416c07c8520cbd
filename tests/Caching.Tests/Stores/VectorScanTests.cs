using CsCheck;
using Gateway.Caching.Stores.Vectors;

namespace Gateway.Caching.Tests.Stores;

public sealed class VectorScanTests
{
    private static readonly DateTimeOffset Now = Samples.Start;

    [Fact]
    public void Finds_exactly_what_a_comparison_of_all_numbers_finds() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[0, 60], Gen.Int[1, 5], Of(-1f, 0f, 0.3f, 0.6f, 0.9f, 1f), Of(0, 0.3, 1, 3), Gen.Int)
            .Sample((dimensions, entries, most, floor, fall, seed) => AssertSame(dimensions, entries, most, floor, fall, seed), iter: 2_000);

    [Fact]
    public void Finds_exactly_that_among_more_vectors_than_go_through_a_block_at_once() =>
        Gen.Select(Of(48, 64, 100, 256, 384), Gen.Int[1_000, 3_000], Of(-1f, 0.1f, 0.6f), Of(0, 1.0), Gen.Int)
            .Sample((dimensions, entries, floor, fall, seed) => AssertSame(dimensions, entries, 4, floor, fall, seed), iter: 20);

    [Fact]
    public void Finds_what_is_as_long_behind_every_block_as_can_be()
    {
        var vector = Enumerable.Repeat(1 / MathF.Sqrt(640), 640).ToArray();
        var nearest = Scan(vector, [vector, [.. vector.Select(number => -number)]], 2, 0.99f);
        Assert.Equal(1, Assert.Single(nearest).Similarity, 1e-5);
    }

    [Fact]
    public void A_vector_reads_back_as_it_was_added() =>
        Gen.Int[0, 300].SelectMany(length => Gen.SByte[-127, 127].Array[length]).Sample(bytes =>
        {
            var chunk = new VectorChunk(2, ByteVector.Length(bytes.Length));
            chunk.Add(Node(0), new sbyte[bytes.Length], 1);
            chunk.Add(Node(1), bytes, 1);
            var read = new sbyte[ByteVector.Length(bytes.Length)];
            chunk.Read(1, read);
            return read.AsSpan(0, bytes.Length).SequenceEqual(bytes) && !read.AsSpan(bytes.Length).ContainsAnyExcept((sbyte)0);
        });

    /// <summary>Vectors near to the one asked for and far from it, whose numbers fall off as a power of their place.</summary>
    private static void AssertSame(int dimensions, int entries, int most, float floor, double fall, int seed)
    {
        var chance = new Random(seed);
        var vector = Falling(Samples.UnitVector(chance, dimensions), fall);
        var vectors = Enumerable.Range(0, entries)
            .Select(_ => Falling(Samples.UnitVector(chance, dimensions), fall))
            .Select(other => chance.Next(3) == 0 ? Unit([.. other.Zip(vector, (one, two) => (float)(one + (3 * chance.NextDouble() * two)))]) : other).ToArray();
        var expected = Plain(vector, vectors, most, floor);
        Assert.Equal(expected, Scan(vector, vectors, most, floor).Select(one => (one.Similarity, one.At)));
    }

    private static List<(float Similarity, VectorChunk Chunk, int At)> Scan(float[] vector, float[][] vectors, int most, float floor)
    {
        var stride = ByteVector.Length(vector.Length);
        var chunk = new VectorChunk(Math.Max(1, vectors.Length), stride);
        foreach (var (i, other) in vectors.Index())
        {
            var bytes = new sbyte[stride];
            var scale = ByteVector.Round(other, bytes);
            chunk.Add(Node(i), bytes, scale);
        }

        var nearest = new NearestList(most, floor);
        new VectorScan(vector, stride).Look(chunk, nearest, Now);
        return nearest.Best;
    }

    private static IEnumerable<(float Similarity, int At)> Plain(float[] vector, float[][] vectors, int most, float floor)
    {
        var (mine, other) = (new sbyte[vector.Length], new sbyte[vector.Length]);
        var scale = ByteVector.Round(vector, mine);
        return vectors.Select((one, at) =>
        {
            var factor = ByteVector.Round(one, other);
            return (Similarity: mine.Zip(other, (left, right) => left * right).Sum() * scale * factor, At: at);
        }).Where(one => one.Similarity >= floor).OrderByDescending(one => one.Similarity).Take(most);
    }

    private static float[] Falling(float[] vector, double fall) => Unit([.. vector.Select((number, i) => (float)(number * Math.Pow(i + 1, -fall)))]);

    private static float[] Unit(float[] vector)
    {
        var length = (float)Math.Sqrt(Samples.Dot(vector, vector));
        return [.. vector.Select(number => number / length)];
    }

    private static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static VectorNode Node(int number) => new(Samples.Key(number), new ScopeVectors(Samples.Key("scope"), ByteDot.Block), Samples.Facts(), []);
}
