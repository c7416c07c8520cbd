namespace Gateway.Caching.Stores.Vectors;

/// <summary>Vectors as signed bytes: each number is a whole one from -127 to 127, times a scale of the vector.</summary>
/// <remarks>
/// The scale <c>s</c> is the greatest magnitude divided by 127, so no number is off by more than <c>s/2</c>, and the dot product with a vector
/// <c>q</c> that is not rounded by no more than <c>s/2</c> times the sum of the magnitudes of <c>q</c>: for unit vectors at most
/// <c>sqrt(d)·max|v|/254</c>, 0.02 where the greatest of 384 numbers is 0.25; by chance it is some 0.0005, as the errors cancel.
/// </remarks>
public static class ByteVector
{
    /// <summary>The greatest magnitude of a byte that is used.</summary>
    public const int Most = sbyte.MaxValue;

    /// <summary>How many bytes a vector takes: its dimensions, rounded up to whole blocks and filled with zeros.</summary>
    public static int Length(int dimensions) => (dimensions + ByteDot.Block - 1) / ByteDot.Block * ByteDot.Block;

    /// <summary>Rounds a vector.</summary>
    /// <param name="vector">Numbers.</param>
    /// <param name="bytes">Where the bytes go, at least as many as numbers; what is beyond them is left as it is.</param>
    /// <returns>The scale; 0 for a vector of zeros or of what is no number.</returns>
    public static float Round(ReadOnlySpan<float> vector, Span<sbyte> bytes)
    {
        var greatest = 0f;
        foreach (var number in vector)
            greatest = Math.Max(greatest, Math.Abs(number));
        if (greatest is 0 or float.NaN or float.PositiveInfinity)
        {
            bytes[..vector.Length].Clear();
            return 0;
        }

        var scale = greatest / Most;
        for (var i = 0; i < vector.Length; i++)
            bytes[i] = (sbyte)Math.Clamp(MathF.Round(vector[i] / scale), -Most, Most);
        return scale;
    }

    /// <summary>The dot product of a vector with a rounded one, as exact as the rounding of the one lets it be.</summary>
    public static float Dot(ReadOnlySpan<float> vector, ReadOnlySpan<sbyte> bytes, float scale)
    {
        var sum = 0.0;
        for (var i = 0; i < vector.Length; i++)
            sum += (double)vector[i] * bytes[i];
        return (float)(sum * scale);
    }

    /// <summary>How much lower a dot product may seem when this unit vector is rounded too: its own scale's half, over the other's magnitudes.</summary>
    /// <param name="vector">The vector, of unit length.</param>
    /// <param name="scale">Its scale.</param>
    public static float Doubt(ReadOnlySpan<float> vector, float scale) => scale / 2 * MathF.Sqrt(vector.Length);
}
