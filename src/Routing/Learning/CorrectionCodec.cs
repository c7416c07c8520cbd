using System.Buffers.Binary;
using System.Security.Cryptography;
using Gateway.Routing.Complexity.Features;

namespace Gateway.Routing.Learning;

/// <summary>A correction as bytes: some 9 kB, for the state store.</summary>
/// <remarks>
/// <code>format u8 | dense u8 | artefact u32 | outcomes i32 | trust f32 | default f32 | corrected f32 | bias f32 | grams × f16 | dense × (weight f32, mean f32, factor f32)</code>
/// </remarks>
public static class CorrectionCodec
{
    private const byte Format = 1;
    private const int Head = 26;
    private const int Length = Head + (Sketch.Buckets * 2) + (DenseVector.Size * 12);

    public static byte[] Write(Correction correction)
    {
        var bytes = new byte[Length];
        var mark = correction.Mark;
        (bytes[0], bytes[1]) = (Format, DenseVector.Size);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(2), mark.Artefact);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(6), mark.Outcomes);
        WriteAll(bytes.AsSpan(10), [mark.Trust, mark.Default, mark.Corrected, correction.Bias]);
        var at = Head;
        foreach (var weight in correction.Grams)
        {
            BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(at), (Half)weight);
            at += 2;
        }

        WriteAll(bytes.AsSpan(at), correction.Dense);
        WriteAll(bytes.AsSpan(at + (DenseVector.Size * 4)), correction.Scale.Means);
        WriteAll(bytes.AsSpan(at + (DenseVector.Size * 8)), correction.Scale.Factors);
        return bytes;
    }

    /// <returns>The correction; null when the bytes are none that this gateway could apply.</returns>
    public static Correction? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length || bytes[0] != Format || bytes[1] != DenseVector.Size)
            return null;
        var head = ReadAll(bytes[10..], 4);
        var mark = new CorrectionMark(
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[2..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[6..]), head[0], head[1], head[2]);
        var grams = new float[Sketch.Buckets];
        for (var i = 0; i < grams.Length; i++)
            grams[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(Head + (i * 2))..]);
        var dense = bytes[(Head + (Sketch.Buckets * 2))..];
        var scale = new DenseSpread(ReadAll(dense[(DenseVector.Size * 4)..], DenseVector.Size), ReadAll(dense[(DenseVector.Size * 8)..], DenseVector.Size));
        return new Correction(mark, grams, ReadAll(dense, DenseVector.Size), scale, head[3]);
    }

    internal static uint VersionOf(Correction correction)
    {
        var hash = BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Write(correction)));
        return hash == 0 ? 1 : hash;
    }

    private static void WriteAll(Span<byte> into, ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(into[(i * 4)..], values[i]);
    }

    private static float[] ReadAll(ReadOnlySpan<byte> from, int count)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(from[(i * 4)..]);
        return values;
    }
}
