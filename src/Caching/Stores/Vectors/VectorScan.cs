using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gateway.Caching.Stores.Vectors;

/// <summary>Compares one vector with those of chunks, each of them only for as long as it can still be near enough.</summary>
/// <remarks>
/// After each block but the last, what the other blocks can add is at most the product of their lengths (Cauchy and Schwarz). All of it is
/// rounded up, so that exactly what a comparison of all numbers would find is found. Where the first numbers tell the most, as those of the
/// built-in table do, most vectors are done with after 64 or 128 of 256 numbers, and the others are never read.
/// </remarks>
internal sealed class VectorScan
{
    /// <summary>How many vectors go through a block before those that are left go through the next; of 256, 512 and 1024 the fastest.</summary>
    private const int Batch = 512;

    private readonly short[] _wide;
    private readonly float[] _rests;

    /// <param name="vector">The vector, of unit length.</param>
    /// <param name="stride">How many bytes a rounded one takes.</param>
    public VectorScan(ReadOnlySpan<float> vector, int stride)
    {
        var bytes = new sbyte[stride];
        Scale = ByteVector.Round(vector, bytes);
        _wide = Array.ConvertAll(bytes, number => (short)number);
        _rests = new float[ByteBlocks.Of(stride)];
        ByteBlocks.Rests(bytes, _rests);
    }

    /// <summary>The vector's scale.</summary>
    public float Scale { get; }

    /// <summary>Offers what is near enough and neither gone nor expired.</summary>
    public void Look(VectorChunk chunk, NearestList nearest, DateTimeOffset now)
    {
        Span<int> places = stackalloc int[Batch];
        Span<int> sums = stackalloc int[Batch];
        for (var (from, count) = (0, chunk.Count); from < count; from += Batch)
        {
            var left = Math.Min(Batch, count - from);
            for (var i = 0; i < left; i++)
                (places[i], sums[i]) = (from + i, 0);
            for (var block = 0; block < _rests.Length && left > 0; block++)
                left = Narrow(chunk, block, nearest.Bar, places[..left], sums[..left]);
            for (var i = 0; i < left; i++)
                Offer(chunk, places[i], sums[i], nearest, now);
        }
    }

    /// <summary>Adds a block's products to the sums, and keeps those that can still come above a bar.</summary>
    /// <returns>How many are kept; they are moved to the front, in their order.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Narrow(VectorChunk chunk, int block, float bar, Span<int> places, Span<int> sums)
    {
        ref var wide = ref _wide[block * ByteDot.Block];
        ref var bytes = ref MemoryMarshal.GetReference(chunk.Block(block));
        ref var rests = ref MemoryMarshal.GetReference(chunk.Rests(block));
        ref var scales = ref MemoryMarshal.GetReference(chunk.Scales);
        var (rest, scale, kept, i) = (_rests[block], Scale, 0, 0);
        for (; EightBlocks.AreSupported && i <= places.Length - EightBlocks.Count; i += EightBlocks.Count)
        {
            ref var at = ref places[i];
            var eight = Vector256.LoadUnsafe(ref sums[i]) + EightBlocks.Dot(ref wide, ref bytes, ref at);
            var adjacent = Unsafe.Add(ref at, EightBlocks.Count - 1) - at == EightBlocks.Count - 1;
            var most = eight + Vector256.ConvertToInt32Native(rest * EightBlocks.Numbers(ref rests, ref at, adjacent)) + Vector256<int>.One;
            var highest = Vector256.ConvertToSingle(most) * scale * EightBlocks.Numbers(ref scales, ref at, adjacent);
            eight.StoreUnsafe(ref sums[i]);
            var keep = Vector256.GreaterThan(highest, Vector256.Create(bar)).ExtractMostSignificantBits();
            for (var j = i; keep != 0; j++, keep >>= 1)
            {
                (places[kept], sums[kept]) = (places[j], sums[j]);
                kept += (int)(keep & 1);
            }
        }

        for (; i < places.Length; i++)
        {
            var at = places[i];
            var sum = sums[i] + ByteDot.OfBlock(ref wide, ref Unsafe.Add(ref bytes, at * ByteDot.Block));
            // A whole number that the dot product cannot be above; what is done to it is done to the product in the end, so neither can be then.
            var most = sum + float.ConvertToIntegerNative<int>(rest * Unsafe.Add(ref rests, at)) + 1;
            (places[kept], sums[kept]) = (at, sum);
            kept += most * scale * Unsafe.Add(ref scales, at) > bar ? 1 : 0;
        }

        return kept;
    }

    private void Offer(VectorChunk chunk, int at, int sum, NearestList nearest, DateTimeOffset now)
    {
        var similarity = sum * Scale * chunk.Scales[at];
        if (similarity > nearest.Bar && chunk.Node(at) is { IsGone: false } node && !node.IsExpired(now))
            nearest.Offer(similarity, chunk, at);
    }
}
