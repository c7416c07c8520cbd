namespace Gateway.Bench.Caching.Lookups;

/// <summary>Vectors of unit length that point anywhere, made fast enough for a million of them.</summary>
internal static class RandomVectors
{
    public static void Fill(Random chance, Span<float> vector)
    {
        var squares = 0f;
        foreach (ref var number in vector)
        {
            // The sum of three uniform numbers is as round as times need it to be.
            number = chance.NextSingle() + chance.NextSingle() + chance.NextSingle() - 1.5f;
            squares += number * number;
        }

        var scale = 1 / MathF.Sqrt(squares);
        foreach (ref var number in vector)
            number *= scale;
    }

    public static float[] New(Random chance, int dimensions)
    {
        var vector = new float[dimensions];
        Fill(chance, vector);
        return vector;
    }
}
