using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Gateway.Bench.Embedding.Onnx;
using Gateway.Caching.Embedding.Encoder;
using Gateway.Caching.Embedding.Table;

namespace Gateway.Bench.Embedding.Table;

/// <summary>Makes the table: each piece of the vocabulary through the encoder, its principal axes, weighed by how rare it is.</summary>
public static class TableFile
{
    /// <summary>The vectors of single pieces, one after the other.</summary>
    public static float[] Vectors(SentenceEncoder encoder, int pieces, int start, int end)
    {
        var vectors = new float[pieces * encoder.Dimensions];
        Parallel.For(0, pieces, piece => encoder.Encode([start, piece, end], vectors.AsSpan(piece * encoder.Dimensions, encoder.Dimensions)));
        return vectors;
    }

    /// <summary>Multiplies each row by the logarithm of its rank: the vocabulary is in the order of how frequent its pieces are.</summary>
    public static void Weigh(float[] rows, int width, ReadOnlySpan<int> nothing)
    {
        for (var row = 0; row < rows.Length / width; row++)
        {
            var weight = nothing.Contains(row) ? 0 : MathF.Log(1 + row);
            for (var i = 0; i < width; i++)
                rows[(row * width) + i] *= weight;
        }
    }

    public static byte[] Write(float[] rows, int width)
    {
        var (numbers, scales) = Quantised.Rows(rows, width, sbyte.MaxValue);
        using var file = new MemoryStream();
        file.Write(StaticTable.Magic);
        Span<byte> size = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(size, scales.Length);
        BinaryPrimitives.WriteInt32LittleEndian(size[4..], width);
        file.Write(size);
        file.Write(MemoryMarshal.AsBytes<float>(scales));
        file.Write(MemoryMarshal.AsBytes<sbyte>(numbers));
        return file.ToArray();
    }
}
