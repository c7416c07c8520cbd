using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Gateway.Caching.Stores.Vectors;

/// <summary>Eight blocks of eight vectors at once, whose sums across come cheaper together.</summary>
internal static class EightBlocks
{
    /// <summary>How many vectors at once.</summary>
    public const int Count = 8;

    public static bool AreSupported => Avx2.IsSupported;

    /// <summary>The dot products of eight blocks with one.</summary>
    /// <param name="left">Where the one begins, widened.</param>
    /// <param name="bytes">Where the blocks begin that places count from.</param>
    /// <param name="at">The first of eight places.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Dot(ref short left, ref sbyte bytes, ref int at)
    {
        var first = Four(ref left, ref bytes, ref at);
        var second = Four(ref left, ref bytes, ref Unsafe.Add(ref at, 4));
        return Avx2.Permute2x128(first, second, 0x20) + Avx2.Permute2x128(first, second, 0x31);
    }

    /// <summary>The numbers at eight places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Numbers(ref float numbers, ref int at, bool adjacent) => adjacent
        ? Vector256.LoadUnsafe(ref numbers, (nuint)at)
        : Vector256.Create(
            Number(ref numbers, ref at, 0), Number(ref numbers, ref at, 1), Number(ref numbers, ref at, 2), Number(ref numbers, ref at, 3),
            Number(ref numbers, ref at, 4), Number(ref numbers, ref at, 5), Number(ref numbers, ref at, 6), Number(ref numbers, ref at, 7));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Number(ref float numbers, ref int at, int i) => Unsafe.Add(ref numbers, Unsafe.Add(ref at, i));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Four(ref short left, ref sbyte bytes, ref int at) => Avx2.HorizontalAdd(
        Avx2.HorizontalAdd(One(ref left, ref bytes, at), One(ref left, ref bytes, Unsafe.Add(ref at, 1))),
        Avx2.HorizontalAdd(One(ref left, ref bytes, Unsafe.Add(ref at, 2)), One(ref left, ref bytes, Unsafe.Add(ref at, 3))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> One(ref short left, ref sbyte bytes, int at) =>
        ByteDot.PartsOfBlock(ref left, ref Unsafe.Add(ref bytes, (nint)at * ByteDot.Block));
}
