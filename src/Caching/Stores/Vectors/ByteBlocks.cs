namespace Gateway.Caching.Stores.Vectors;

/// <summary>Rounded vectors in blocks of <see cref="ByteDot.Block"/> numbers.</summary>
internal static class ByteBlocks
{
    // A length and a product of two are off by no more than 2^-24 of themselves each time they are rounded, three times in all.
    private const double Upward = 1 + 1e-6;

    /// <summary>How many blocks a length is.</summary>
    public static int Of(int stride) => stride / ByteDot.Block;

    /// <summary>How long the rest of a vector behind each of its blocks is, a little rounded up.</summary>
    /// <param name="bytes">Whole blocks, or less: what is missing is zero.</param>
    /// <param name="rests">A number for each block; the last is 0.</param>
    public static void Rests(ReadOnlySpan<sbyte> bytes, Span<float> rests)
    {
        var squares = 0L;
        for (var block = rests.Length - 1; block >= 0; block--)
        {
            rests[block] = (float)(Math.Sqrt(squares) * Upward);
            var from = Math.Min(block * ByteDot.Block, bytes.Length);
            var sum = 0;
            foreach (var number in bytes[from..Math.Min(from + ByteDot.Block, bytes.Length)])
                sum += number * number;
            squares += sum;
        }
    }
}
