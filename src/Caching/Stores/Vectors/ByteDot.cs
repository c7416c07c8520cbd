using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Gateway.Caching.Stores.Vectors;

/// <summary>Dot products of vectors of signed bytes, none of which is -128, with one whose bytes are widened once beforehand.</summary>
/// <remarks>Lengths are multiples of <see cref="Step"/>. A product of two bytes is at most 16,129, so two of them fit in sixteen bits.</remarks>
public static class ByteDot
{
    /// <summary>What lengths are multiples of.</summary>
    public const int Step = 32;

    /// <summary>How many numbers a block is: a line of the processor's cache.</summary>
    public const int Block = 2 * Step;

    /// <summary>The dot product, by instructions that every processor with vectors of 128 bits has.</summary>
    /// <param name="wide">One vector, widened to sixteen bits a number.</param>
    /// <param name="bytes">The other.</param>
    public static int OfPortable(ReadOnlySpan<short> wide, ReadOnlySpan<sbyte> bytes)
    {
        Check(wide, bytes);
        var sum = Vector128<int>.Zero;
        ref var left = ref MemoryMarshal.GetReference(wide);
        ref var right = ref MemoryMarshal.GetReference(bytes);
        for (var i = 0; i < bytes.Length; i += Vector128<sbyte>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref right, (nuint)i));
            var products = (low * Vector128.LoadUnsafe(ref left, (nuint)i))
                + (high * Vector128.LoadUnsafe(ref left, (nuint)(i + Vector128<short>.Count)));
            var (first, second) = Vector128.Widen(products);
            sum += first + second;
        }

        return Vector128.Sum(sum);
    }

    /// <summary>The dot product of a block, by the widest instructions there are. Nothing looks at whether there is as much as that.</summary>
    /// <param name="left">Where one block begins, widened.</param>
    /// <param name="bytes">Where the other begins.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int OfBlock(ref short left, ref sbyte bytes) => Avx2.IsSupported
        ? Vector256.Sum(PartsOfBlock(ref left, ref bytes))
        : OfPortable(MemoryMarshal.CreateReadOnlySpan(ref left, Block), MemoryMarshal.CreateReadOnlySpan(ref bytes, Block));

    /// <summary>Eight numbers whose sum is the dot product of a block, where there are wide instructions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<int> PartsOfBlock(ref short left, ref sbyte bytes) =>
        Products(ref left, ref bytes, 0) + Products(ref left, ref bytes, Step / 2)
        + (Products(ref left, ref bytes, Step) + Products(ref left, ref bytes, Step + (Step / 2)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Products(ref short left, ref sbyte right, int at) =>
        Avx2.MultiplyAddAdjacent(
            Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref right, (nuint)at)), Vector256.LoadUnsafe(ref left, (nuint)at));

    // Beyond this check nothing looks at lengths.
    private static void Check(ReadOnlySpan<short> wide, ReadOnlySpan<sbyte> bytes)
    {
        if (wide.Length != bytes.Length || bytes.Length % Step != 0)
            throw new ArgumentException($"Lengths {wide.Length} and {bytes.Length} are not the same multiple of {Step}.", nameof(bytes));
    }
}
