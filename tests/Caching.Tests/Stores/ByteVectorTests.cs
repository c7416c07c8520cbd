using System.Runtime.InteropServices;
using CsCheck;
using Gateway.Caching.Stores.Vectors;

namespace Gateway.Caching.Tests.Stores;

public sealed class ByteVectorTests
{
    private static readonly Gen<float[]> Vectors =
        Gen.Select(Gen.Int[1, 400], Gen.Int).Select((dimensions, seed) => Samples.UnitVector(new Random(seed), dimensions));

    [Fact]
    public void A_rounded_vector_is_no_further_from_the_dot_product_than_half_its_scale_times_the_others_magnitudes() =>
        Gen.Select(Gen.Int[1, 400], Gen.Int).Sample((dimensions, seed) =>
        {
            var chance = new Random(seed);
            var (vector, other) = (Samples.UnitVector(chance, dimensions), Samples.UnitVector(chance, dimensions));
            var bytes = new sbyte[dimensions];
            var scale = ByteVector.Round(vector, bytes);
            var bound = (scale / 2 * other.Sum(MathF.Abs)) + 1e-6;
            return Math.Abs(ByteVector.Dot(other, bytes, scale) - Samples.Dot(vector, other)) <= bound
                && bound <= (Math.Sqrt(dimensions) * vector.Max(MathF.Abs) / 254) + 1e-5;
        });

    [Fact]
    public void No_number_is_off_by_more_than_half_a_scale() =>
        Vectors.Sample(vector =>
        {
            var bytes = new sbyte[vector.Length];
            var scale = ByteVector.Round(vector, bytes);
            return vector.Zip(bytes).All(pair => Math.Abs(pair.First - (pair.Second * scale)) <= (scale / 2) + 1e-7);
        });

    [Fact]
    public void Numbers_that_are_none_make_a_vector_of_nothing()
    {
        foreach (var odd in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f })
        {
            sbyte[] bytes = [1, 2, 3];
            Assert.Equal(0, ByteVector.Round([0, odd, 0], bytes));
            Assert.Equal([0, 0, 0], bytes);
        }
    }

    [Fact]
    public void Dot_products_by_wide_instructions_are_the_plain_sum() =>
        Gen.Select(Gen.SByte[-127, 127].Array[ByteDot.Block], Gen.SByte[-127, 127].Array[ByteDot.Block]).Sample((one, other) =>
        {
            var expected = one.Zip(other).Sum(pair => pair.First * pair.Second);
            var wide = Array.ConvertAll(one, number => (short)number);
            return ByteDot.OfBlock(ref wide[0], ref other[0]) == expected && ByteDot.OfPortable(wide, other) == expected;
        });

    [Fact]
    public void Dot_products_of_the_greatest_bytes_do_not_overflow()
    {
        foreach (var (one, other) in new (sbyte, sbyte)[] { (127, 127), (127, -127), (-127, -127) })
        {
            var bytes = Enumerable.Repeat(other, 4096).ToArray();
            var wide = Enumerable.Repeat((short)one, 4096).ToArray();
            Assert.Equal(ByteDot.Block * one * other, ByteDot.OfBlock(ref wide[0], ref bytes[0]));
            Assert.Equal(4096 * one * other, ByteDot.OfPortable(wide, bytes));
        }
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_a_mistake()
    {
        Assert.Throws<ArgumentException>(() => ByteDot.OfPortable(new short[32], new sbyte[64]));
        Assert.Throws<ArgumentException>(() => ByteDot.OfPortable(new short[33], new sbyte[33]));
        Assert.Equal(0, MemoryMarshal.Cast<sbyte, byte>(new sbyte[ByteVector.Length(0)]).Length);
    }
}
