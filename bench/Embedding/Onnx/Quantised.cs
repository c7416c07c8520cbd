namespace Gateway.Bench.Embedding.Onnx;

/// <summary>Numbers as signed bytes with a scale.</summary>
public static class Quantised
{
    /// <summary>Each row as bytes in [-most, most] and the scale that brings it back.</summary>
    public static (sbyte[] Numbers, float[] Scales) Rows(ReadOnlySpan<float> values, int width, int most)
    {
        var numbers = new sbyte[values.Length];
        var scales = new float[values.Length / width];
        for (var row = 0; row < scales.Length; row++)
        {
            var from = values.Slice(row * width, width);
            var largest = 0f;
            foreach (var value in from)
                largest = MathF.Max(largest, MathF.Abs(value));
            scales[row] = largest > 0 ? largest / most : 1;
            for (var i = 0; i < width; i++)
                numbers[(row * width) + i] = (sbyte)MathF.Round(from[i] / scales[row]);
        }
        return (numbers, scales);
    }

    /// <summary>A matrix with rows and columns exchanged.</summary>
    public static T[] Turned<T>(T[] values, int rows, int columns)
    {
        var turned = new T[values.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                turned[(column * rows) + row] = values[(row * columns) + column];
        }
        return turned;
    }
}
