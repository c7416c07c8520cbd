using System.Buffers.Binary;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Gateway.Caching.Embedding.Table;

/// <summary>One vector for each piece of a vocabulary, in signed bytes with a scale a row: an ask's vector is the sum of its pieces'.</summary>
/// <remarks>
/// The file: <c>GWTABLE1</c>, rows and dimensions as 32-bit little-endian numbers, then a 32-bit float for each row (its scale), then the
/// bytes row by row.
/// </remarks>
public sealed class StaticTable
{
    private const int HeaderSize = 16;
    private readonly float[] _scales;
    private readonly sbyte[] _numbers;

    private StaticTable(int dimensions, float[] scales, sbyte[] numbers)
    {
        Dimensions = dimensions;
        _scales = scales;
        _numbers = numbers;
    }

    /// <summary>Begins its file.</summary>
    public static ReadOnlySpan<byte> Magic => "GWTABLE1"u8;

    /// <summary>Length of its vectors.</summary>
    public int Dimensions { get; }

    /// <summary>How many pieces have one.</summary>
    public int Rows => _scales.Length;

    /// <summary>Reads a table's file.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static StaticTable Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderSize || !file[..8].SequenceEqual(Magic))
            throw new FormatException("Not a table of vectors.");
        var rows = BinaryPrimitives.ReadInt32LittleEndian(file[8..]);
        var dimensions = BinaryPrimitives.ReadInt32LittleEndian(file[12..]);
        if (rows <= 0 || dimensions <= 0 || dimensions % Vector<sbyte>.Count != 0
            || file.Length != HeaderSize + (4L * rows) + ((long)rows * dimensions))
            throw new FormatException($"A table of {rows} by {dimensions} in {file.Length} bytes.");
        var scales = MemoryMarshal.Cast<byte, float>(file.Slice(HeaderSize, 4 * rows)).ToArray();
        return new StaticTable(dimensions, scales, MemoryMarshal.Cast<byte, sbyte>(file[(HeaderSize + (4 * rows))..]).ToArray());
    }

    /// <summary>Sums the vectors of some pieces and makes the sum of unit length.</summary>
    /// <returns>False when the sum is nothing: no piece, or only such as bear no meaning.</returns>
    public bool TrySum(ReadOnlySpan<int> pieces, Span<float> vector)
    {
        vector.Clear();
        foreach (var piece in pieces)
            Add(_numbers.AsSpan(piece * Dimensions, Dimensions), _scales[piece], vector);
        var length = TensorPrimitives.Norm<float>(vector);
        if (!(length > 1e-6f))
            return false;
        TensorPrimitives.Divide(vector, length, vector);
        return true;
    }

    /// <summary>One piece's vector as it is summed, not of unit length: the longer, the more it tells.</summary>
    public void CopyRow(int piece, Span<float> vector)
    {
        vector.Clear();
        Add(_numbers.AsSpan(piece * Dimensions, Dimensions), _scales[piece], vector);
    }

    private static void Add(ReadOnlySpan<sbyte> row, float scale, Span<float> sum)
    {
        var factor = new Vector<float>(scale);
        var bytes = MemoryMarshal.Cast<sbyte, Vector<sbyte>>(row);
        var sums = MemoryMarshal.Cast<float, Vector<float>>(sum);
        for (var i = 0; i < bytes.Length; i++)
        {
            Vector.Widen(bytes[i], out var low, out var high);
            Vector.Widen(low, out var a, out var b);
            Vector.Widen(high, out var c, out var d);
            sums[4 * i] += Vector.ConvertToSingle(a) * factor;
            sums[(4 * i) + 1] += Vector.ConvertToSingle(b) * factor;
            sums[(4 * i) + 2] += Vector.ConvertToSingle(c) * factor;
            sums[(4 * i) + 3] += Vector.ConvertToSingle(d) * factor;
        }
    }
}
