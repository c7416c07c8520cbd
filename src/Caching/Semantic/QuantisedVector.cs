namespace Gateway.Caching.Semantic;

/// <summary>A vector with one byte a number.</summary>
/// <param name="Values">The numbers, in steps.</param>
/// <param name="Step">The step.</param>
internal readonly record struct QuantisedVector(ReadOnlyMemory<sbyte> Values, float Step)
{
    public static QuantisedVector Of(ReadOnlySpan<float> vector)
    {
        var largest = 1e-9f;
        foreach (var value in vector)
            largest = MathF.Max(largest, MathF.Abs(value));
        var step = largest / sbyte.MaxValue;
        var values = new sbyte[vector.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = (sbyte)MathF.Round(vector[i] / step);
        return new QuantisedVector(values, step);
    }

    /// <summary>Its cosine with a vector that is as long and of unit length; what rounding did to its own length is made good.</summary>
    public float CosineWith(ReadOnlySpan<float> unit)
    {
        var values = Values.Span;
        var (dot, square) = (0f, 0f);
        for (var i = 0; i < unit.Length; i++)
        {
            dot += values[i] * unit[i];
            square += values[i] * values[i];
        }

        return square > 0 ? Math.Clamp(dot / MathF.Sqrt(square), -1, 1) : 0;
    }

    /// <summary>The cosine of two vectors that are as long as each other.</summary>
    public static float Cosine(ReadOnlySpan<sbyte> one, ReadOnlySpan<sbyte> other)
    {
        var (dot, first, second) = (0, 0, 0);
        for (var i = 0; i < one.Length; i++)
        {
            dot += one[i] * other[i];
            first += one[i] * one[i];
            second += other[i] * other[i];
        }

        return first > 0 && second > 0 ? dot / MathF.Sqrt((float)first * second) : 0;
    }
}
